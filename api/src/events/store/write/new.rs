//! Events to be written.

use chrono::{DateTime, Utc};
use entity::id::{MediaId, OrganisationId, ProgrammeId, TagId, VenueId};
use entity::lists::{AgendaItem, PriceTier, Question};
use entity::words::{AttendanceMode, EventCategory, EventStatus, HostRole, PriceKind, RegistrationMode, RegistrationScope, Visibility};

use crate::events::rules::schedule::{PlannedDate, Schedule};
use crate::kernel::translations::InLanguage;
use crate::kernel::{EmailAddress, Locale, Markdown, Slug, WebAddress};
use crate::venues::store::write::NewFeature;

/// An event in one language, to be written.
#[derive(Clone, Debug)]
pub struct NewEventText {
    /// The language.
    pub locale: Locale,
    /// Title.
    pub title: String,
    /// A sentence or two.
    pub summary: String,
    /// What happens.
    pub description: Markdown,
}

impl InLanguage for NewEventText {
    fn locale(&self) -> &Locale {
        &self.locale
    }
}

/// Where an event or a date is, to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPlace {
    /// How one takes part.
    pub mode: AttendanceMode,
    /// The venue.
    pub venue_id: Option<VenueId>,
    /// Room in the venue.
    pub room: Option<String>,
    /// Where to take part from afar.
    pub online_url: Option<WebAddress>,
}

/// A date to be written.
#[derive(Clone, Debug)]
pub struct NewDate {
    /// When it is.
    pub when: PlannedDate,
    /// Where the schedule put it.
    pub original_starts_at: DateTime<Utc>,
    /// Where it is, if elsewhere than its event.
    pub place: Option<NewPlace>,
    /// Whether this date alone is cancelled.
    pub is_cancelled: bool,
    /// Why.
    pub cancellation_reason: Option<String>,
    /// Seats of this date, where they differ from the event's.
    pub capacity: Option<i32>,
}

impl NewDate {
    /// A date as the schedule has it.
    #[must_use]
    pub fn planned(when: PlannedDate) -> Self {
        Self { when, original_starts_at: when.starts_at, place: None, is_cancelled: false, cancellation_reason: None, capacity: None }
    }
}

/// Who can take part, to be written.
#[derive(Clone, Debug, Default)]
pub struct NewAccessibility {
    /// Languages that it is held in, in order.
    pub languages: Vec<Locale>,
    /// Languages into which it is interpreted, in order.
    pub interpretation: Vec<Locale>,
    /// What is stated beside what the venue states.
    pub features: Vec<NewFeature>,
    /// Whether there is childcare; none where not stated.
    pub childcare: Option<bool>,
    /// For whom it is meant.
    pub audience: Option<String>,
    /// What one must bring or fulfil.
    pub entry_conditions: Option<String>,
}

/// What it costs, to be written.
#[derive(Clone, Debug)]
pub struct NewPrice {
    /// Whether it costs something.
    pub kind: PriceKind,
    /// For whom how much.
    pub tiers: Vec<PriceTier>,
    /// Said beside it.
    pub note: Option<String>,
}

/// How one registers, to be written.
#[derive(Clone, Debug)]
pub struct NewRegistrationPolicy {
    /// Whether, and how.
    pub mode: RegistrationMode,
    /// For a date, or for the whole.
    pub scope: RegistrationScope,
    /// Whether one can also just come.
    pub walk_ins_welcome: bool,
    /// From when.
    pub opens_at: Option<DateTime<Utc>>,
    /// Until when.
    pub closes_at: Option<DateTime<Utc>>,
    /// Before each date's start.
    pub closes_minutes_before: Option<i32>,
    /// Seats; none where unlimited.
    pub capacity: Option<i32>,
    /// Whether one can wait for a seat.
    pub waitlist: bool,
    /// Whether a request that waits for approval keeps its seats.
    pub pending_holds_seats: bool,
    /// Seats per registration.
    pub max_seats: i32,
    /// Where one registers elsewhere.
    pub external_url: Option<WebAddress>,
    /// What is asked of who registers.
    pub questions: Vec<Question>,
}

impl Default for NewRegistrationPolicy {
    fn default() -> Self {
        Self {
            mode: RegistrationMode::None,
            scope: RegistrationScope::EachDate,
            walk_ins_welcome: false,
            opens_at: None,
            closes_at: None,
            closes_minutes_before: None,
            capacity: None,
            waitlist: true,
            pending_holds_seats: true,
            max_seats: 1,
            external_url: None,
            questions: Vec::new(),
        }
    }
}

/// Whom to ask, to be written.
#[derive(Clone, Debug, Default)]
pub struct NewContact {
    /// Name.
    pub name: Option<String>,
    /// Mailbox.
    pub email: Option<EmailAddress>,
    /// Telephone.
    pub phone: Option<String>,
}

/// What came of an event, to be written.
#[derive(Clone, Debug, Default)]
pub struct NewOutcome {
    /// Guests who came.
    pub guests: Option<i32>,
    /// Guests from afar.
    pub online_guests: Option<i32>,
    /// What was donated, in euro cents.
    pub donations: Option<i64>,
    /// Said beside it.
    pub note: Option<String>,
}

/// An event to be written.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// Readable part of its address.
    pub slug: Slug,
    /// How far it is on its way, or what became of it.
    pub status: EventStatus,
    /// Who may see it.
    pub visibility: Visibility,
    /// What sort of event it is.
    pub category: EventCategory,
    /// Language of the text that the others translate.
    pub original_locale: Locale,
    /// Its texts.
    pub texts: Vec<NewEventText>,
    /// Who holds it, the one answerable for it first.
    pub hosts: Vec<(OrganisationId, HostRole)>,
    /// Programme that it belongs to.
    pub programme_id: Option<ProgrammeId>,
    /// When it is, as its editor gave it.
    pub schedule: Schedule,
    /// Said beside the time.
    pub time_note: Option<String>,
    /// Its dates.
    pub dates: Vec<NewDate>,
    /// Where it is.
    pub place: NewPlace,
    /// What happens in its course.
    pub agenda: Vec<AgendaItem>,
    /// Who can take part.
    pub accessibility: NewAccessibility,
    /// What it costs.
    pub price: NewPrice,
    /// How one registers.
    pub registration: NewRegistrationPolicy,
    /// Whom to ask.
    pub contact: NewContact,
    /// Its own site.
    pub website: Option<WebAddress>,
    /// Topics, in order.
    pub tags: Vec<TagId>,
    /// Where its facts were found.
    pub sources: Vec<WebAddress>,
    /// Why it was cancelled or postponed.
    pub cancellation_reason: Option<String>,
    /// What came of it.
    pub outcome: NewOutcome,
    /// The picture above it.
    pub cover_id: Option<MediaId>,
    /// When it is to be published.
    pub scheduled_for: Option<DateTime<Utc>>,
}
