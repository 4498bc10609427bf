//! Which zones a calendar has to describe, and for which years.

use chrono::{Datelike, NaiveDate, TimeDelta};
use chrono_tz::Tz;

use crate::model::Event;
use crate::{Moment, Rule};

/// A zone in use.
pub(super) struct ZoneInUse {
    pub(super) zone: Tz,
    /// First day of the year in which it is first used, so that the description does not change with every event.
    pub(super) first: NaiveDate,
    /// Last day on which it is used.
    pub(super) last: NaiveDate,
}

/// Every zone in use, in order of name.
pub(super) fn zones<'e>(events: impl Iterator<Item = (&'e Event<'e>, &'e Option<Rule>)>) -> impl Iterator<Item = ZoneInUse> {
    // A calendar has few zones, and thousands of moments in them.
    let mut zones: Vec<ZoneInUse> = Vec::new();
    let mut seen = |moment: &Moment, day: NaiveDate| {
        let Some(zone) = moment.zone() else { return };
        match zones.iter_mut().find(|known| known.zone == zone) {
            Some(found) => {
                found.first = found.first.min(day);
                found.last = found.last.max(day);
            }
            None => zones.push(ZoneInUse { zone, first: day, last: day }),
        }
    };
    for (event, rule) in events {
        let single = [Some(&event.start), event.end.as_ref(), event.recurrence_id.as_ref()];
        for moment in single.into_iter().flatten().chain(&event.except).chain(&event.further) {
            seen(moment, moment.date());
        }
        if let Some(rule) = rule {
            let length = event.end.map_or(TimeDelta::zero(), |end| end.date() - event.start.date());
            let last = rule.last_day(&event.start).and_then(|day| day.checked_add_signed(length)).unwrap_or(NaiveDate::MAX);
            for moment in [Some(&event.start), event.end.as_ref()].into_iter().flatten() {
                seen(moment, last.max(event.start.date()));
            }
        }
    }
    for zone in &mut zones {
        zone.first = zone.first.with_ordinal(1).unwrap_or(zone.first);
    }
    zones.sort_unstable_by_key(|zone| zone.zone.name());
    zones.into_iter()
}
