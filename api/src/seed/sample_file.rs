//! The file of samples, as it is written. Its days are counted from the day of the first seeding.

use chrono::{NaiveTime, Weekday};
use entity::lists::Question;
use entity::words::{
    AccessibilityFeature, AttendanceMode, EventCategory, EventStatus, HostRole, PriceKind, QuestionKind, RegistrationMode, RegistrationScope,
    Visibility,
};
use serde::Deserialize;

use super::SeedError;
use super::files::json;

pub(super) const SAMPLES: &str = "samples.json";

/// All samples.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Samples {
    #[serde(rename = "note")]
    _note: String,
    pub(super) organisations: Vec<SampleOrganisation>,
    pub(super) venues: Vec<SampleVenue>,
    pub(super) events: Vec<SampleEvent>,
}

impl Samples {
    /// Reads them; they are part of the program.
    pub(super) fn read() -> Result<Self, SeedError> {
        json(SAMPLES, include_str!("../../../data/samples.json"))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleOrganisation {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) legal_form: Option<String>,
    pub(super) texts: Vec<SampleDescription>,
    pub(super) languages: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) website: Option<String>,
    pub(super) email: Option<String>,
    pub(super) address: SampleAddress,
    #[serde(default = "yes")]
    pub(super) address_is_public: bool,
    pub(super) location: Option<SampleLocation>,
    #[serde(default)]
    pub(super) publishes_without_review: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleDescription {
    pub(super) locale: String,
    pub(super) description: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleAddress {
    pub(super) street: Option<String>,
    pub(super) postal_code: Option<String>,
    pub(super) city: Option<String>,
    pub(super) district: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleLocation {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleVenue {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) address: SampleAddress,
    pub(super) location: Option<SampleLocation>,
    pub(super) rooms: Vec<String>,
    pub(super) directions: Option<String>,
    pub(super) website: Option<String>,
    pub(super) organisation: Option<String>,
    #[serde(default)]
    pub(super) features: Vec<SampleFeature>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleFeature {
    pub(super) feature: AccessibilityFeature,
    pub(super) available: bool,
    pub(super) note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleEvent {
    pub(super) slug: String,
    pub(super) category: EventCategory,
    #[serde(default = "published")]
    pub(super) status: EventStatus,
    #[serde(default = "public")]
    pub(super) visibility: Visibility,
    pub(super) texts: Vec<SampleText>,
    pub(super) hosts: Vec<SampleHost>,
    pub(super) starts: Start,
    #[serde(default = "berlin")]
    pub(super) zone: String,
    #[serde(default)]
    pub(super) all_day: bool,
    pub(super) lasts_minutes: Option<i64>,
    pub(super) lasts_days: Option<u64>,
    pub(super) ends_next_day_at: Option<NaiveTime>,
    pub(super) doors_minutes_before: Option<i64>,
    pub(super) time_note: Option<String>,
    pub(super) recurrence: Option<String>,
    /// The last day on which the rule may fall.
    pub(super) ends_in_days: Option<u64>,
    /// Which dates of the rule are left out, counted from 1.
    #[serde(default)]
    pub(super) except: Vec<usize>,
    #[serde(default)]
    pub(super) further: Vec<Further>,
    /// What is particular to single dates.
    #[serde(default)]
    pub(super) dates: Vec<Particular>,
    pub(super) mode: AttendanceMode,
    pub(super) venue: Option<String>,
    pub(super) room: Option<String>,
    pub(super) online_url: Option<String>,
    #[serde(default)]
    pub(super) agenda: Vec<SamplePoint>,
    #[serde(default)]
    pub(super) languages: Vec<String>,
    #[serde(default)]
    pub(super) interpretation: Vec<String>,
    #[serde(default)]
    pub(super) features: Vec<SampleFeature>,
    pub(super) childcare: Option<bool>,
    pub(super) audience: Option<String>,
    pub(super) entry_conditions: Option<String>,
    #[serde(default)]
    pub(super) price: SamplePrice,
    #[serde(default)]
    pub(super) registration: SampleRegistration,
    #[serde(default)]
    pub(super) contact: SampleContact,
    pub(super) website: Option<String>,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    pub(super) cancellation_reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleText {
    pub(super) locale: String,
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) description: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleHost {
    pub(super) organisation: String,
    pub(super) role: HostRole,
}

/// The first day that is so many days ahead or later and fits, and a time of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Start {
    pub(super) in_days: u64,
    pub(super) weekday: Option<Weekday>,
    /// Which such day of the week in its month.
    pub(super) nth_weekday: Option<u32>,
    /// Whether clocks change in the following night.
    #[serde(default)]
    pub(super) eve_of_clock_change: bool,
    pub(super) at: Option<NaiveTime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Further {
    pub(super) after_days: u64,
    pub(super) at: Option<NaiveTime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Particular {
    /// Which date, counted from 1.
    pub(super) date: usize,
    pub(super) moved: Option<Further>,
    pub(super) lasts_days: Option<u64>,
    pub(super) venue: Option<String>,
    pub(super) room: Option<String>,
    /// Why it is cancelled.
    pub(super) cancelled: Option<String>,
    pub(super) capacity: Option<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SamplePoint {
    pub(super) after_minutes: i64,
    pub(super) title: String,
    pub(super) speaker: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SamplePrice {
    pub(super) kind: PriceKind,
    #[serde(default)]
    pub(super) tiers: Vec<SampleTier>,
    pub(super) note: Option<String>,
}

impl Default for SamplePrice {
    fn default() -> Self {
        Self { kind: PriceKind::NotStated, tiers: Vec::new(), note: None }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleTier {
    pub(super) name: String,
    /// In euro cents.
    pub(super) amount: i64,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SampleRegistration {
    pub(super) mode: Option<RegistrationMode>,
    pub(super) scope: Option<RegistrationScope>,
    pub(super) walk_ins_welcome: bool,
    pub(super) opens_in_days: Option<u64>,
    pub(super) closes_days_before: Option<u64>,
    pub(super) closes_minutes_before: Option<i32>,
    pub(super) capacity: Option<i32>,
    pub(super) waitlist: Option<bool>,
    pub(super) pending_holds_seats: Option<bool>,
    pub(super) max_seats: Option<i32>,
    pub(super) external_url: Option<String>,
    pub(super) questions: Vec<SampleQuestion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleQuestion {
    key: String,
    label: String,
    help: Option<String>,
    kind: QuestionKind,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    sensitive: bool,
    #[serde(default)]
    choices: Vec<String>,
}

impl From<&SampleQuestion> for Question {
    fn from(question: &SampleQuestion) -> Self {
        Self {
            key: question.key.clone(),
            label: question.label.clone(),
            help: question.help.clone(),
            kind: question.kind,
            required: question.required,
            sensitive: question.sensitive,
            choices: question.choices.clone(),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SampleContact {
    pub(super) name: Option<String>,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
}

fn yes() -> bool {
    true
}

fn published() -> EventStatus {
    EventStatus::Published
}

fn public() -> Visibility {
    Visibility::Public
}

fn berlin() -> String {
    "Europe/Berlin".to_owned()
}
