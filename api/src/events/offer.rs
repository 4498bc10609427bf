//! What one registers for: a date, or an event as a whole, with the rules that hold for it.

use chrono::{DateTime, Utc};
use entity::words::{EventStatus, RegistrationMode, RegistrationScope};
use entity::{event, occurrence};

use super::rules::seats::{Policy, State, state};

/// Seats of a date, or of an event as a whole.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    /// What registration goes by.
    pub policy: Policy,
    /// From when on nobody registers.
    pub starts_at: DateTime<Utc>,
}

impl Offer {
    /// Of one date; none where one registers for the event as a whole, or not here.
    #[must_use]
    pub fn of_date(event: &event::Model, date: &occurrence::Model) -> Option<Self> {
        let here = registers_here(event) && event.registration_scope == RegistrationScope::EachDate;
        here.then(|| Self { policy: policy(event, date.capacity.or(event.capacity), !date.is_cancelled), starts_at: date.starts_at })
    }

    /// Of an event that one registers for as a whole, whose first and last date start at `span`; none otherwise. Registration is
    /// open until the last date starts, or as long before the first as the event says.
    #[must_use]
    pub fn of_event(event: &event::Model, span: Option<(DateTime<Utc>, DateTime<Utc>)>) -> Option<Self> {
        if !registers_here(event) || event.registration_scope != RegistrationScope::WholeEvent {
            return None;
        }
        let (first, last) = span.unwrap_or((event.starts_at, event.starts_at));
        let starts_at = if event.closes_minutes_before.is_some() { first } else { last };
        Some(Self { policy: policy(event, event.capacity, true), starts_at })
    }

    /// How it stands now, where so many seats are taken.
    #[must_use]
    pub fn state(&self, taken: u32, now: DateTime<Utc>) -> State {
        state(&self.policy, self.starts_at, taken, now)
    }
}

/// Whether one registers for it with us.
#[must_use]
pub fn registers_here(event: &event::Model) -> bool {
    matches!(event.registration_mode, RegistrationMode::Open | RegistrationMode::Approval)
}

fn policy(event: &event::Model, capacity: Option<i32>, is_on: bool) -> Policy {
    Policy {
        opens_at: event.registration_opens_at,
        closes_at: event.registration_closes_at,
        closes_minutes_before: event.closes_minutes_before,
        capacity: capacity.and_then(|capacity| u32::try_from(capacity).ok()),
        waitlist: event.waitlist,
        takes_place: is_on && event.status == EventStatus::Published,
    }
}
