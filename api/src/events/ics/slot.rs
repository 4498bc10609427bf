//! When and where one date is, or a whole series is planned to be: what an override is told by.

use chrono::{NaiveTime, TimeDelta};
use entity::words::AttendanceMode;
use entity::{occurrence, venue};
use ics::Moment;

use super::Facts;
use super::times::{exactly, later, local};

/// When and where. Two slots that are equal look equal in a calendar, whatever it does when clocks change.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Slot<'a> {
    /// Start.
    pub start: Moment,
    /// End, exclusive; none where not known.
    pub end: Option<Moment>,
    /// How long it lasts by a stopwatch: in a night when clocks change, programs differ in how they repeat an end.
    lasts: Option<TimeDelta>,
    /// When the doors open, on the wall.
    pub doors_at: Option<NaiveTime>,
    /// How one takes part.
    pub mode: AttendanceMode,
    /// The venue.
    pub venue: Option<&'a venue::Model>,
    /// Room in the venue.
    pub room: Option<&'a str>,
    /// Where to take part from afar.
    pub online_url: Option<&'a str>,
    /// Whether this date alone is cancelled.
    pub is_cancelled: bool,
    /// Why.
    pub reason: Option<&'a str>,
}

impl<'a> Slot<'a> {
    /// A date as it is.
    pub fn of(facts: Facts<'a>, date: &'a occurrence::Model) -> Self {
        let event = facts.event;
        let start = exactly(event, date.starts_at);
        Self {
            start,
            end: date.ends_at.map(|at| exactly(event, at)).filter(|end| end.instant() > start.instant()),
            lasts: date.ends_at.map(|at| at - date.starts_at).filter(|_| !event.is_all_day),
            doors_at: date.doors_at.map(|at| local(event, at).time()),
            mode: date.mode,
            venue: date.venue_id.and_then(|id| facts.venues.get(&id)),
            room: date.room.as_deref(),
            online_url: date.online_url.as_deref(),
            is_cancelled: date.is_cancelled,
            reason: date.cancellation_reason.as_deref().filter(|_| date.is_cancelled),
        }
    }

    /// What the schedule has at `start`: on the wall it lasts as long as the first date, and is where the event is.
    pub fn planned(facts: Facts<'a>, start: Moment) -> Self {
        let event = facts.event;
        let end = event.ends_at.and_then(|end| later(start, local(event, end) - local(event, event.starts_at)));
        Self {
            start,
            end: end.filter(|end| end.instant() > start.instant()),
            lasts: event.ends_at.map(|at| at - event.starts_at).filter(|_| !event.is_all_day),
            doors_at: event.doors_at.map(|at| local(event, at).time()),
            mode: event.mode,
            venue: event.venue_id.and_then(|id| facts.venues.get(&id)),
            room: event.room.as_deref(),
            online_url: event.online_url.as_deref(),
            is_cancelled: false,
            reason: None,
        }
    }
}
