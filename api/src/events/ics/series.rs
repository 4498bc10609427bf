//! How the dates of an event are told in one entry: by a rule, or by a list.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use entity::{event, occurrence};
use ics::{Moment, Rule};

use super::times::{instant, on_the_wall};
use crate::events::rules::schedule::MOST_DATES;

/// The dates of an event as its first entry tells them. They are those of the rows, neither more nor less, up to where a rule
/// without an end was followed.
#[derive(Debug)]
pub(super) struct Series<'a> {
    /// The first date.
    pub start: Moment,
    /// By what rule it recurs; none where dates are listed.
    pub rule: Option<&'a str>,
    /// Dates that the rule gives and that there are not.
    pub except: Vec<Moment>,
    /// Dates that there are and that the rule does not give.
    pub further: Vec<Moment>,
    given: BTreeMap<DateTime<Utc>, Moment>,
}

impl<'a> Series<'a> {
    /// The series of an event; none where it has a single date or none.
    pub fn of(event: &'a event::Model, dates: &[occurrence::Model]) -> Option<Self> {
        let (first, last) = (dates.first()?.original_starts_at, dates.last()?.original_starts_at);
        let (rule, start, given) = match given_by_rule(event, last) {
            Some((start, given)) => (event.recurrence.as_deref(), start, given),
            None if dates.len() == 1 => return None,
            None => (None, on_the_wall(event, first), BTreeMap::from([(first, on_the_wall(event, first))])),
        };
        let there: HashSet<DateTime<Utc>> = dates.iter().map(|date| date.original_starts_at).collect();
        let missing = given.iter().filter(|(at, _)| !there.contains(at)).map(|(_, moment)| *moment);
        // Beyond the last row, only what was excepted is known not to be there.
        let ahead = event.except_dates.0.iter().filter(|at| **at > last && !given.contains_key(at) && rule.is_some());
        let mut except: Vec<Moment> = missing.chain(ahead.map(|at| on_the_wall(event, *at))).collect();
        except.sort_by_key(Moment::instant);
        except.dedup();
        // A list names its first date, too: some programs take none from elsewhere. Dates that are named twice are there once.
        let is_further = |at: &DateTime<Utc>| rule.is_none() || !given.contains_key(at);
        let further = dates.iter().map(|date| date.original_starts_at).filter(is_further).map(|at| on_the_wall(event, at)).collect();
        Some(Self { start, rule, except, further, given })
    }

    /// Whether the rule, or the start of a list, gives this date.
    pub fn gives(&self, date: &occurrence::Model) -> bool {
        self.given.contains_key(&date.original_starts_at)
    }

    /// Where the schedule puts a date; names it in an override.
    pub fn planned_start(&self, event: &event::Model, date: &occurrence::Model) -> Moment {
        self.given.get(&date.original_starts_at).copied().unwrap_or_else(|| on_the_wall(event, date.original_starts_at))
    }
}

/// The start of a rule, and the dates that it gives: of one without an end up to `last`.
fn given_by_rule(event: &event::Model, last: DateTime<Utc>) -> Option<(Moment, BTreeMap<DateTime<Utc>, Moment>)> {
    let rule = Rule::parse(event.recurrence.as_deref()?).ok()?;
    let start = on_the_wall(event, event.starts_at);
    let until = if rule.is_endless() { just_after(event, last) } else { DateTime::<Utc>::MAX_UTC };
    let limit = MOST_DATES + 1 + event.except_dates.0.len();
    let found = ics::expand(&rule, &start, DateTime::<Utc>::MIN_UTC, until, limit).ok()?;
    let following = found.into_iter().skip(1).map(|moment| (instant(event, &moment), moment));
    Some((start, std::iter::once((event.starts_at, start)).chain(following).collect()))
}

/// The end of a search that shall still find this date. Days are searched for in UTC, whatever the event's zone.
fn just_after(event: &event::Model, at: DateTime<Utc>) -> DateTime<Utc> {
    match on_the_wall(event, at) {
        Moment::Day(day) => day.checked_add_days(Days::new(1)).unwrap_or(day).and_time(NaiveTime::MIN).and_utc(),
        _ => at + TimeDelta::seconds(1),
    }
}
