//! What happens later: a person is told how they stand.

use entity::id::RegistrationId;
use jobs::Job;
use serde::{Deserialize, Serialize};

/// Tells a person by mail how their registration stands.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Tell {
    /// Whose.
    pub registration: RegistrationId,
    /// What happened.
    pub news: News,
}

/// What happened to a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// It was made.
    Registered,
    /// It was asked for again.
    Again,
    /// A seat came free for it.
    MovedUp,
    /// It was cancelled.
    Cancelled,
}

impl Job for Tell {
    const KIND: &'static str = "registrations.tell";
}

/// Forgets, every day, who registered for what is long over, and what was answered to requests that nobody repeats any more.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Forget {}

impl Job for Forget {
    const KIND: &'static str = "registrations.forget";
}
