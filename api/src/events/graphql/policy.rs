//! What an event costs, and how one registers.

use async_graphql::SimpleObject;
use entity::event;

use super::words::{PriceKind, QuestionKind, RegistrationMode, RegistrationScope};
use crate::gql::scalars::{DateTime, WebUrl};

/// What an event costs. Amounts are in the currency's smallest unit.
#[derive(Clone, Debug, SimpleObject)]
pub struct Price {
    /// Whether it costs something.
    kind: PriceKind,
    /// For whom how much.
    tiers: Vec<PriceTier>,
    /// Said beside it.
    note: Option<String>,
}

/// A price, e.g. the reduced one.
#[derive(Clone, Debug, SimpleObject)]
pub struct PriceTier {
    /// For whom, or for what.
    name: String,
    /// In the currency's smallest unit.
    amount: i64,
    /// Currency, ISO 4217.
    currency: String,
}

impl From<&event::Model> for Price {
    fn from(row: &event::Model) -> Self {
        let tier =
            |tier: &entity::lists::PriceTier| PriceTier { name: tier.name.clone(), amount: tier.amount, currency: tier.currency.clone() };
        Self { kind: row.price_kind.into(), tiers: row.price_tiers.0.iter().map(tier).collect(), note: row.price_note.clone() }
    }
}

/// How one registers.
#[derive(Clone, Debug, SimpleObject)]
pub struct RegistrationPolicy {
    /// Whether, and how.
    mode: RegistrationMode,
    /// For a date, or for the whole.
    scope: RegistrationScope,
    /// Whether one can also just come.
    walk_ins_welcome: bool,
    /// From when; null for at once.
    opens_at: Option<DateTime>,
    /// Until when.
    closes_at: Option<DateTime>,
    /// Before each date's start; what comes first, this or `closesAt`, holds.
    closes_minutes_before: Option<i32>,
    /// Seats of each date, or of the event as a whole; null where unlimited.
    capacity: Option<i32>,
    /// Whether one can wait for a seat.
    waitlist: bool,
    /// Whether a request that waits for approval keeps its seats.
    pending_holds_seats: bool,
    /// Seats per registration.
    max_seats: i32,
    /// Where one registers elsewhere.
    external_url: Option<WebUrl>,
    /// What is asked of who registers.
    questions: Vec<Question>,
}

impl From<&event::Model> for RegistrationPolicy {
    fn from(row: &event::Model) -> Self {
        let zone = super::schedule::zone(row);
        let local = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| DateTime::local(at, zone));
        Self {
            mode: row.registration_mode.into(),
            scope: row.registration_scope.into(),
            walk_ins_welcome: row.walk_ins_welcome,
            opens_at: local(row.registration_opens_at),
            closes_at: local(row.registration_closes_at),
            closes_minutes_before: row.closes_minutes_before,
            capacity: row.capacity,
            waitlist: row.waitlist,
            pending_holds_seats: row.pending_holds_seats,
            max_seats: row.max_seats,
            external_url: row.external_url.clone().map(WebUrl::from),
            questions: row.questions.0.iter().map(Question::from).collect(),
        }
    }
}

/// A question to who registers. `sensitive` answers (e.g. needs for support) are kept apart, shown to the answerable host alone,
/// and deleted soon after the event.
#[derive(Clone, Debug, SimpleObject)]
pub struct Question {
    /// Its stable name among the event's questions.
    key: String,
    /// The question.
    label: String,
    /// Said beneath it.
    help: Option<String>,
    /// How it is answered.
    kind: QuestionKind,
    /// Whether it must be answered.
    required: bool,
    /// Whether its answers are kept apart.
    sensitive: bool,
    /// What one can choose from.
    choices: Vec<String>,
}

impl From<&entity::lists::Question> for Question {
    fn from(question: &entity::lists::Question) -> Self {
        Self {
            key: question.key.clone(),
            label: question.label.clone(),
            help: question.help.clone(),
            kind: question.kind.into(),
            required: question.required,
            sensitive: question.sensitive,
            choices: question.choices.clone(),
        }
    }
}
