//! An event's moments in its own zone.

use chrono::{DateTime, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use entity::event;
use ics::Moment;

use crate::events::rules::schedule;

/// The zone of an event, which was parsed before it was stored.
pub(super) fn zone(event: &event::Model) -> Tz {
    event.time_zone.parse().unwrap_or(chrono_tz::UTC)
}

/// What the clock on the wall shows.
pub(super) fn local(event: &event::Model, at: DateTime<Utc>) -> NaiveDateTime {
    schedule::local(at, zone(event))
}

/// A moment of the schedule: the day of an event that is all day, else the time on the wall.
pub(super) fn on_the_wall(event: &event::Model, at: DateTime<Utc>) -> Moment {
    on_the_wall_of(zone(event), event.is_all_day, at)
}

/// The same, in a zone.
pub(super) fn on_the_wall_of(zone: Tz, is_all_day: bool, at: DateTime<Utc>) -> Moment {
    let local = schedule::local(at, zone);
    if is_all_day {
        // A clock change at midnight makes a day begin an hour late or early.
        Moment::Day((local + TimeDelta::hours(2)).date())
    } else {
        Moment::Local { at: local, zone }
    }
}

/// The moment itself: as on the wall, or in UTC where the wall shows the same time twice and the second is meant.
pub(super) fn exactly(event: &event::Model, at: DateTime<Utc>) -> Moment {
    let moment = on_the_wall(event, at);
    let is_same = event.is_all_day || moment.instant() == at;
    if is_same { moment } else { Moment::Utc(at) }
}

/// The instant of a moment of the schedule; a day begins at local midnight.
pub(super) fn instant(event: &event::Model, moment: &Moment) -> DateTime<Utc> {
    match moment {
        Moment::Day(day) => schedule::instant(day.and_time(NaiveTime::MIN), zone(event)),
        moment => moment.instant(),
    }
}

/// The moment so much later on the wall.
pub(super) fn later(moment: Moment, by: TimeDelta) -> Option<Moment> {
    Some(match moment {
        Moment::Day(day) => Moment::Day(day.checked_add_signed(by)?),
        Moment::Local { at, zone } => Moment::Local { at: at.checked_add_signed(by)?, zone },
        Moment::Utc(at) => Moment::Utc(at.checked_add_signed(by)?),
    })
}
