//! The words of the schema about events.

use async_graphql::Enum;

/// How far an event is on its way, or what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::EventStatus")]
pub enum EventStatus {
    /// Being planned.
    Draft,
    /// Handed to the office for review.
    InReview,
    /// To be published at a moment ahead.
    Scheduled,
    /// Takes place as announced.
    Published,
    /// To a time not yet known.
    Postponed,
    /// Does not take place.
    Cancelled,
}

/// Who may see a thing once it is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::Visibility")]
pub enum Visibility {
    /// Everybody; it is listed and in feeds.
    Public,
    /// Who has the address.
    Unlisted,
    /// Signed-in people of member organisations.
    Members,
    /// People of the hosts, e.g. for a board meeting.
    Hosts,
}

/// What sort of event it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::EventCategory")]
pub enum EventCategory {
    /// A talk.
    Talk,
    /// A discussion on a stage.
    Panel,
    /// A conference.
    Conference,
    /// A workshop.
    Workshop,
    /// A training.
    Training,
    /// A course.
    Course,
    /// Counselling hours.
    Counselling,
    /// A concert.
    Concert,
    /// A film.
    Film,
    /// A play.
    Theatre,
    /// An exhibition.
    Exhibition,
    /// A festival.
    Festival,
    /// A celebration.
    Celebration,
    /// A meeting.
    Meeting,
    /// An assembly of members.
    Assembly,
    /// A retreat.
    Retreat,
    /// A rally.
    Rally,
    /// A vigil or prayer.
    Vigil,
    /// A broadcast.
    Broadcast,
    /// Sport.
    Sport,
    /// Something else.
    Other,
}

/// How one takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::AttendanceMode")]
pub enum AttendanceMode {
    /// By being there.
    Onsite,
    /// From afar.
    Online,
    /// Either way.
    Hybrid,
}

/// What an organisation is to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::HostRole")]
pub enum HostRole {
    /// Holds it.
    Host,
    /// Holds it with others.
    CoHost,
    /// Helps.
    Partner,
    /// Pays.
    Funder,
}

/// What an event costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::PriceKind")]
pub enum PriceKind {
    /// Nothing.
    Free,
    /// What one likes to give.
    Donation,
    /// A price.
    Paid,
    /// It was not said.
    NotStated,
}

/// How one registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::RegistrationMode")]
pub enum RegistrationMode {
    /// Not at all: just come.
    None,
    /// Confirmed at once while seats last.
    Open,
    /// An organiser confirms each.
    Approval,
    /// Elsewhere.
    External,
}

/// What one registers for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::RegistrationScope")]
pub enum RegistrationScope {
    /// A date.
    EachDate,
    /// The event as a whole, with all its dates.
    WholeEvent,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::QuestionKind")]
pub enum QuestionKind {
    /// In a line.
    Text,
    /// In several lines.
    LongText,
    /// By a whole number.
    Number,
    /// By yes or no.
    YesNo,
    /// By one of the choices.
    Choice,
    /// By any of the choices.
    Choices,
}

/// How it stands with seats now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::events::rules::seats::State")]
pub enum SeatsState {
    /// Registration has not begun.
    NotYetOpen,
    /// There are seats.
    Open,
    /// The seats are taken, and one can wait for one.
    Waitlist,
    /// The seats are taken.
    Full,
    /// Registration is over.
    Closed,
}
