//! What happens later: a person is told how they stand.

use chrono::{DateTime, Utc};
use entity::id::{RegistrationId, RegistrationMessageId};
use jobs::Job;
use serde::{Deserialize, Serialize};

/// Tells a person by mail how their registration stands.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Tell {
    /// Whose.
    pub registration: RegistrationId,
    /// What happened.
    pub news: News,
    /// When it happened, where the registration does not say.
    #[serde(default)]
    pub at: Option<DateTime<Utc>>,
}

impl Tell {
    /// News of the registration itself.
    #[must_use]
    pub fn of(registration: RegistrationId, news: News) -> Self {
        Self { registration, news, at: None }
    }
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
    /// An organiser approved it.
    Approved,
    /// An organiser declined it.
    Declined,
    /// An organiser changed it.
    Changed,
    /// Its date is tomorrow.
    Ahead,
    /// The time or the place of its event changed.
    EventMoved,
    /// Its event does not take place.
    EventCancelled,
    /// Its event takes place at a time not yet known.
    EventPostponed,
    /// Its event takes place after all.
    EventReinstated,
}

impl Job for Tell {
    const KIND: &'static str = "registrations.tell";
}

/// Leaves, every quarter of an hour, a reminder to be written to those who come tomorrow, wherever it is ten in the morning.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct RemindAhead {}

impl Job for RemindAhead {
    const KIND: &'static str = "registrations.remind_ahead";
}

/// Leaves what organisers wrote to be sent to everybody whom it is for.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Spread {
    /// What they wrote.
    pub message: RegistrationMessageId,
}

impl Job for Spread {
    const KIND: &'static str = "registrations.spread_message";
}

/// Sends a person what organisers wrote.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Deliver {
    /// What they wrote.
    pub message: RegistrationMessageId,
    /// To whom.
    pub registration: RegistrationId,
}

impl Job for Deliver {
    const KIND: &'static str = "registrations.deliver_message";
}

/// Forgets, every day, who registered for what is long over, and what was answered to requests that nobody repeats any more.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Forget {}

impl Job for Forget {
    const KIND: &'static str = "registrations.forget";
}
