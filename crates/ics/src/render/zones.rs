//! Which zones a calendar has to describe, and for which years.

use std::collections::BTreeMap;

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
    let mut zones: BTreeMap<&'static str, ZoneInUse> = BTreeMap::new();
    let mut seen = |moment: &Moment, day: NaiveDate| {
        if let Some(zone) = moment.zone() {
            let year_start = day.with_ordinal(1).unwrap_or(day);
            let found = zones.entry(zone.name()).or_insert(ZoneInUse { zone, first: year_start, last: day });
            found.first = found.first.min(year_start);
            found.last = found.last.max(day);
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
    zones.into_values()
}
