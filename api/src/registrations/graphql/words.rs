//! Enums of registrations.

use async_graphql::Enum;

/// How far a registration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::RegistrationStatus")]
pub enum RegistrationStatus {
    /// An organiser is to decide.
    Pending,
    /// It has its seats.
    Confirmed,
    /// It waits in line for seats.
    Waitlisted,
    /// An organiser declined it.
    Declined,
    /// The person, or an organiser, cancelled it.
    Cancelled,
}

/// Whom a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::RegistrationAudience")]
pub enum RegistrationAudience {
    /// Who has seats.
    Confirmed,
    /// Who waits in line.
    Waitlisted,
    /// Who waits for a decision.
    Pending,
    /// All of these.
    Everyone,
}
