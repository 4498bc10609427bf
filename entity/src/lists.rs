//! What is kept whole in one column as JSON: nothing refers to its items, and it is replaced as a whole.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveTime, Utc};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::id::{OrganisationId, ProgrammeId};
use crate::words::{AccessibilityFeature, ContributorRole, EventCategory, QuestionKind, Weekday};

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident of $item:ty;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
        #[serde(transparent)]
        pub struct $name(pub Vec<$item>);

        impl From<Vec<$item>> for $name {
            fn from(items: Vec<$item>) -> Self {
                Self(items)
            }
        }
    )+};
}

lists! {
    /// Words or addresses, in order.
    Strings of String;
    /// Moments, in order.
    Instants of DateTime<Utc>;
    /// When an office is open.
    OpeningHours of OpeningHour;
    /// Who made a post.
    Contributors of Contributor;
    /// What happens in the course of an event.
    Agenda of AgendaItem;
    /// What an event costs for whom.
    PriceTiers of PriceTier;
    /// What is asked of who registers.
    Questions of Question;
}

/// What fields of a thing said where it came from, and what stood here when that was taken over: each as a digest, by the field's name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct TakenFields(pub BTreeMap<String, TakenField>);

/// What a field said, and what stood here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenField {
    pub said: String,
    pub here: String,
}

/// What became of what a calendar said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct CalendarReport {
    pub added: u32,
    pub changed: u32,
    pub unchanged: u32,
    /// Changed there, and changed here before: that stayed.
    pub kept: u32,
    /// Not for here: over or cancelled before they came in, private there, or deleted or held by somebody else here.
    pub left_out: u32,
    /// No longer in it, which is not believed yet.
    pub missing: u32,
    /// No longer in it for so long that they were withdrawn here.
    pub withdrawn: u32,
    pub refused: u32,
    /// The first of those that were refused.
    pub refusals: Vec<CalendarRefusal>,
}

/// An entry of a calendar that was not taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarRefusal {
    pub line: u32,
    /// A word for what is wrong.
    pub problem: String,
    /// What is to be said beside it, e.g. the name of what is missing.
    pub detail: Option<String>,
}

/// One span of one weekday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningHour {
    pub weekday: Weekday,
    pub opens_at: NaiveTime,
    pub closes_at: NaiveTime,
}

/// Somebody who made a post, as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contributor {
    pub name: String,
    pub role: ContributorRole,
    pub function: Option<String>,
}

/// A point of an agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItem {
    pub at: DateTime<Utc>,
    pub title: String,
    pub speaker: Option<String>,
}

/// A price, e.g. the reduced one, in the currency's smallest unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceTier {
    pub name: String,
    pub amount: i64,
    pub currency: String,
}

/// A question to who registers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Question {
    pub key: String,
    pub label: String,
    pub help: Option<String>,
    pub kind: QuestionKind,
    pub required: bool,
    pub sensitive: bool,
    pub choices: Vec<String>,
}

/// By what an event was found while its public saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct FoundBy {
    /// Who hosted it, in any role.
    pub organisations: Vec<OrganisationId>,
    pub programme: Option<ProgrammeId>,
    pub category: EventCategory,
    /// Slugs of its topics.
    pub tags: Vec<String>,
    /// Districts of its venues.
    pub districts: Vec<String>,
    /// In which it was held or into which it was interpreted.
    pub languages: Vec<String>,
    /// Features of accessibility that it or one of its venues had.
    pub features: Vec<AccessibilityFeature>,
}
