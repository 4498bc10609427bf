//! Where time comes from: the one place that may ask the machine, and a clock that tests move by hand.

use std::fmt;
use std::sync::{Arc, RwLock};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};

/// A source of the present moment, shared by all of an [`crate::app::App`].
#[derive(Clone)]
pub struct Clock(Source);

#[derive(Clone)]
enum Source {
    Machine,
    Hand(Arc<RwLock<DateTime<Utc>>>),
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn of_the_machine() -> Self {
        Self(Source::Machine)
    }

    /// A clock that stands at `moment` until it is moved.
    #[must_use]
    pub fn standing_at(moment: DateTime<Utc>) -> Self {
        Self(Source::Hand(Arc::new(RwLock::new(moment))))
    }

    /// The present, to the microsecond: finer parts do not survive PostgreSQL, and a moment must be equal to itself.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is where time comes in")]
    pub fn now(&self) -> DateTime<Utc> {
        let now = match &self.0 {
            Source::Machine => Utc::now(),
            Source::Hand(moment) => *moment.read().unwrap_or_else(std::sync::PoisonError::into_inner),
        };
        now.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(now)
    }

    /// Sets a clock of [`Clock::standing_at`]; the machine's clock cannot be set and stays as it is.
    pub fn set(&self, to: DateTime<Utc>) {
        if let Source::Hand(moment) = &self.0 {
            *moment.write().unwrap_or_else(std::sync::PoisonError::into_inner) = to;
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}
