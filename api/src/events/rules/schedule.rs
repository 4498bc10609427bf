//! From a schedule to its dates.
//!
//! A schedule is one date; or a first date and a rule of recurrence; or a first date and further ones; less those that are
//! excepted. Times are the wall's: what begins at 18:00 for two hours does so on every date, also when clocks change between
//! or within them. All-day dates are local days.

use chrono::{DateTime, Days, Months, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use ics::{Moment, Rule, RuleError};

/// Dates of one event at the most.
pub const MOST_DATES: usize = 1000;

/// Months ahead to which a rule without an end is followed.
const MONTHS_AHEAD: Months = Months::new(24);

/// When an event is, as its editor gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Start of the first date; local midnight where it is all day.
    pub starts_at: DateTime<Utc>,
    /// End of the first date, exclusive; none where not known.
    pub ends_at: Option<DateTime<Utc>>,
    /// When the doors open for the first date.
    pub doors_at: Option<DateTime<Utc>>,
    /// Whether dates are whole days.
    pub is_all_day: bool,
    /// Zone of its times.
    pub zone: Tz,
    /// By what rule it recurs.
    pub recurrence: Option<Rule>,
    /// Starts that are left out.
    pub except_dates: Vec<DateTime<Utc>>,
    /// Starts of dates beside the first.
    pub further_dates: Vec<DateTime<Utc>>,
}

/// A date as the schedule has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedDate {
    /// Start.
    pub starts_at: DateTime<Utc>,
    /// End, exclusive; none where not known.
    pub ends_at: Option<DateTime<Utc>>,
    /// When the doors open.
    pub doors_at: Option<DateTime<Utc>>,
    /// Its end, or where none is known the end of its local day.
    pub over_at: DateTime<Utc>,
}

/// Why a schedule is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsound {
    /// A date ends when it starts, or before.
    #[error("it ends before it starts")]
    EndsBeforeStart,
    /// The doors open after the start.
    #[error("the doors open after it starts")]
    DoorsAfterStart,
    /// An all-day date that does not start and end at local midnight.
    #[error("all-day dates start and end at local midnight")]
    NotAtMidnight,
    /// A rule, and further dates beside it.
    #[error("it has either a recurrence or further dates, not both")]
    RecurrenceAndFurtherDates,
    /// No date is left.
    #[error("it has no date")]
    NoDate,
    /// More dates than [`MOST_DATES`].
    #[error("it has more than {MOST_DATES} dates")]
    TooManyDates,
    /// The rule makes no sense with this start.
    #[error(transparent)]
    Rule(#[from] RuleError),
}

/// The moment to which a rule without an end is followed, seen from `now`.
#[must_use]
pub fn horizon(now: DateTime<Utc>) -> DateTime<Utc> {
    now.checked_add_months(MONTHS_AHEAD).unwrap_or(now)
}

/// The dates of a schedule in order of time; of a rule without an end those that start before `horizon`, and its first date
/// in any case.
///
/// # Errors
/// What is wrong with the schedule.
pub fn dates(schedule: &Schedule, horizon: DateTime<Utc>) -> Result<Vec<PlannedDate>, Unsound> {
    check(schedule)?;
    let mut starts = starts(schedule, horizon)?;
    starts.sort_unstable();
    starts.dedup();
    starts.retain(|start| !schedule.except_dates.contains(start));
    match starts.len() {
        0 => Err(Unsound::NoDate),
        1..=MOST_DATES => Ok(starts.into_iter().map(|start| planned(schedule, start)).collect()),
        _ => Err(Unsound::TooManyDates),
    }
}

/// When a date is over: at its end, or where none is known at the end of its local day.
#[must_use]
pub fn over_at(starts_at: DateTime<Utc>, ends_at: Option<DateTime<Utc>>, zone: Tz) -> DateTime<Utc> {
    let next_day = local(starts_at, zone).date().checked_add_days(Days::new(1));
    ends_at.or_else(|| next_day.map(|day| instant(day.and_time(NaiveTime::MIN), zone))).unwrap_or(starts_at)
}

/// The instant of a local time; one that is skipped when clocks go forward counts with the offset before, and one that comes
/// twice is the first of the two (RFC 5545 section 3.3.5).
#[must_use]
pub fn instant(at: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    Moment::Local { at, zone }.instant()
}

/// What the clock on the wall of a zone shows at an instant.
#[must_use]
pub fn local(at: DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    zone.from_utc_datetime(&at.naive_utc()).naive_local()
}

fn check(schedule: &Schedule) -> Result<(), Unsound> {
    let is_midnight = |at: DateTime<Utc>| instant(local(at, schedule.zone).date().and_time(NaiveTime::MIN), schedule.zone) == at;
    if schedule.ends_at.is_some_and(|end| end <= schedule.starts_at) {
        Err(Unsound::EndsBeforeStart)
    } else if schedule.doors_at.is_some_and(|doors| doors > schedule.starts_at) {
        Err(Unsound::DoorsAfterStart)
    } else if schedule.recurrence.is_some() && !schedule.further_dates.is_empty() {
        Err(Unsound::RecurrenceAndFurtherDates)
    } else if schedule.is_all_day
        && !std::iter::once(schedule.starts_at).chain(schedule.ends_at).chain(schedule.further_dates.iter().copied()).all(is_midnight)
    {
        Err(Unsound::NotAtMidnight)
    } else {
        Ok(())
    }
}

fn starts(schedule: &Schedule, horizon: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>, Unsound> {
    let Some(rule) = &schedule.recurrence else {
        return Ok(std::iter::once(schedule.starts_at).chain(schedule.further_dates.iter().copied()).collect());
    };
    let first = local(schedule.starts_at, schedule.zone);
    let start = if schedule.is_all_day { Moment::Day(first.date()) } else { Moment::Local { at: first, zone: schedule.zone } };
    let until = if rule.is_endless() { horizon.max(schedule.starts_at + TimeDelta::seconds(1)) } else { DateTime::<Utc>::MAX_UTC };
    let limit = MOST_DATES + 1 + schedule.except_dates.len();
    let found = ics::expand(rule, &start, DateTime::<Utc>::MIN_UTC, until, limit)?;
    let moment = |date: Moment| match date {
        Moment::Day(day) => instant(day.and_time(NaiveTime::MIN), schedule.zone),
        date => date.instant(),
    };
    // The first is taken as given: its local time may come twice in its night.
    Ok(std::iter::once(schedule.starts_at).chain(found.into_iter().skip(1).map(moment)).collect())
}

fn planned(schedule: &Schedule, starts_at: DateTime<Utc>) -> PlannedDate {
    // The same times of the wall as on the first date, or where these come out of order in a night when clocks change, the
    // same time later or earlier.
    let moved = |at: DateTime<Utc>| {
        let by = local(at, schedule.zone) - local(schedule.starts_at, schedule.zone);
        let on_the_wall = local(starts_at, schedule.zone).checked_add_signed(by).map(|at| instant(at, schedule.zone));
        let elapsed = at - schedule.starts_at;
        on_the_wall
            .filter(|moved| (*moved - starts_at).num_seconds().signum() == elapsed.num_seconds().signum())
            .unwrap_or(starts_at + elapsed)
    };
    let (ends_at, doors_at) = if starts_at == schedule.starts_at {
        (schedule.ends_at, schedule.doors_at)
    } else {
        (schedule.ends_at.map(moved), schedule.doors_at.map(moved))
    };
    PlannedDate { starts_at, ends_at, doors_at, over_at: over_at(starts_at, ends_at, schedule.zone) }
}

#[cfg(test)]
mod tests;
