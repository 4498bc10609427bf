//! What happens later: publication at its moment, and what others are to be told of.

use chrono::{DateTime, Utc};
use entity::id::{EventId, OccurrenceId};
use jobs::Job;
use serde::{Deserialize, Serialize};

/// Publishes an event at the moment that was chosen.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Publish {
    /// Which.
    pub event: EventId,
}

impl Job for Publish {
    const KIND: &'static str = "events.publish";
}

/// Tells the editors of an event that the office returned it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct TellReturned {
    /// Which.
    pub event: EventId,
    /// When it was returned.
    pub at: DateTime<Utc>,
}

impl Job for TellReturned {
    const KIND: &'static str = "events.tell_returned";
}

/// Something happened to an event, of which whoever is registered is to be told.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Happened {
    /// To which.
    pub event: EventId,
    /// To this date of it alone, where not to all.
    pub occurrence: Option<OccurrenceId>,
    /// What.
    pub what: What,
    /// When.
    pub at: DateTime<Utc>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// Its time or its place changed.
    Moved,
    /// It does not take place.
    Cancelled,
    /// It takes place at a time not yet known.
    Postponed,
    /// It takes place after all.
    Reinstated,
}

impl Job for Happened {
    const KIND: &'static str = "events.happened";
}

/// There may be more seats than before: whoever waits may move up.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Reoffered {
    /// Whose seats.
    pub event: EventId,
}

impl Job for Reoffered {
    const KIND: &'static str = "events.reoffered";
}

/// Follows, every day, rules without an end for another day.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Extend {}

impl Job for Extend {
    const KIND: &'static str = "events.extend";
}

/// Forgets, every day, what calendars need no more of events that were withdrawn.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ForgetTombstones {}

impl Job for ForgetTombstones {
    const KIND: &'static str = "events.forget_tombstones";
}
