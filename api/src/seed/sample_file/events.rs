//! Sample events as they are written.

use chrono::{NaiveTime, Weekday};
use entity::lists::Question;
use entity::words::{
    AttendanceMode, EventCategory, EventStatus, HostRole, PriceKind, QuestionKind, RegistrationMode, RegistrationScope, Visibility,
};
use serde::Deserialize;

use super::SampleFeature;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct SampleEvent {
    pub(in crate::seed) slug: String,
    pub(in crate::seed) category: EventCategory,
    #[serde(default = "published")]
    pub(in crate::seed) status: EventStatus,
    #[serde(default = "public")]
    pub(in crate::seed) visibility: Visibility,
    pub(in crate::seed) texts: Vec<SampleText>,
    pub(in crate::seed) hosts: Vec<SampleHost>,
    pub(in crate::seed) starts: Start,
    #[serde(default = "berlin")]
    pub(in crate::seed) zone: String,
    #[serde(default)]
    pub(in crate::seed) all_day: bool,
    pub(in crate::seed) lasts_minutes: Option<i64>,
    pub(in crate::seed) lasts_days: Option<u64>,
    pub(in crate::seed) ends_next_day_at: Option<NaiveTime>,
    pub(in crate::seed) doors_minutes_before: Option<i64>,
    pub(in crate::seed) time_note: Option<String>,
    pub(in crate::seed) recurrence: Option<String>,
    /// The last day on which the rule may fall.
    pub(in crate::seed) ends_in_days: Option<u64>,
    /// Which dates of the rule are left out, counted from 1.
    #[serde(default)]
    pub(in crate::seed) except: Vec<usize>,
    #[serde(default)]
    pub(in crate::seed) further: Vec<Further>,
    /// What is particular to single dates.
    #[serde(default)]
    pub(in crate::seed) dates: Vec<Particular>,
    pub(in crate::seed) mode: AttendanceMode,
    pub(in crate::seed) venue: Option<String>,
    pub(in crate::seed) room: Option<String>,
    pub(in crate::seed) online_url: Option<String>,
    #[serde(default)]
    pub(in crate::seed) agenda: Vec<SamplePoint>,
    #[serde(default)]
    pub(in crate::seed) languages: Vec<String>,
    #[serde(default)]
    pub(in crate::seed) interpretation: Vec<String>,
    #[serde(default)]
    pub(in crate::seed) features: Vec<SampleFeature>,
    pub(in crate::seed) childcare: Option<bool>,
    pub(in crate::seed) audience: Option<String>,
    pub(in crate::seed) entry_conditions: Option<String>,
    #[serde(default)]
    pub(in crate::seed) price: SamplePrice,
    #[serde(default)]
    pub(in crate::seed) registration: SampleRegistration,
    #[serde(default)]
    pub(in crate::seed) contact: SampleContact,
    pub(in crate::seed) website: Option<String>,
    #[serde(default)]
    pub(in crate::seed) tags: Vec<String>,
    pub(in crate::seed) cancellation_reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct SampleText {
    pub(in crate::seed) locale: String,
    pub(in crate::seed) title: String,
    pub(in crate::seed) summary: String,
    pub(in crate::seed) description: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct SampleHost {
    pub(in crate::seed) organisation: String,
    pub(in crate::seed) role: HostRole,
}

/// The first day that is so many days ahead or later and fits, and a time of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct Start {
    pub(in crate::seed) in_days: u64,
    pub(in crate::seed) weekday: Option<Weekday>,
    /// Which such day of the week in its month.
    pub(in crate::seed) nth_weekday: Option<u32>,
    /// Whether clocks change in the following night.
    #[serde(default)]
    pub(in crate::seed) eve_of_clock_change: bool,
    pub(in crate::seed) at: Option<NaiveTime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct Further {
    pub(in crate::seed) after_days: u64,
    pub(in crate::seed) at: Option<NaiveTime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct Particular {
    /// Which date, counted from 1.
    pub(in crate::seed) date: usize,
    pub(in crate::seed) moved: Option<Further>,
    pub(in crate::seed) lasts_days: Option<u64>,
    pub(in crate::seed) venue: Option<String>,
    pub(in crate::seed) room: Option<String>,
    /// Why it is cancelled.
    pub(in crate::seed) cancelled: Option<String>,
    pub(in crate::seed) capacity: Option<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct SamplePoint {
    pub(in crate::seed) after_minutes: i64,
    pub(in crate::seed) title: String,
    pub(in crate::seed) speaker: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct SamplePrice {
    pub(in crate::seed) kind: PriceKind,
    #[serde(default)]
    pub(in crate::seed) tiers: Vec<SampleTier>,
    pub(in crate::seed) note: Option<String>,
}

impl Default for SamplePrice {
    fn default() -> Self {
        Self { kind: PriceKind::NotStated, tiers: Vec::new(), note: None }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct SampleTier {
    pub(in crate::seed) name: String,
    /// In euro cents.
    pub(in crate::seed) amount: i64,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::seed) struct SampleRegistration {
    pub(in crate::seed) mode: Option<RegistrationMode>,
    pub(in crate::seed) scope: Option<RegistrationScope>,
    pub(in crate::seed) walk_ins_welcome: bool,
    pub(in crate::seed) opens_in_days: Option<u64>,
    pub(in crate::seed) closes_days_before: Option<u64>,
    pub(in crate::seed) closes_minutes_before: Option<i32>,
    pub(in crate::seed) capacity: Option<i32>,
    pub(in crate::seed) waitlist: Option<bool>,
    pub(in crate::seed) pending_holds_seats: Option<bool>,
    pub(in crate::seed) max_seats: Option<i32>,
    pub(in crate::seed) external_url: Option<String>,
    pub(in crate::seed) questions: Vec<SampleQuestion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct SampleQuestion {
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

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::seed) struct SampleContact {
    pub(in crate::seed) name: Option<String>,
    pub(in crate::seed) email: Option<String>,
    pub(in crate::seed) phone: Option<String>,
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

fn published() -> EventStatus {
    EventStatus::Published
}

fn public() -> Visibility {
    Visibility::Public
}

fn berlin() -> String {
    "Europe/Berlin".to_owned()
}
