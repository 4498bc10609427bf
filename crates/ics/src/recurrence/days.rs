//! Whether a rule can fall on a day at all, decided without the `rrule` crate: that one looks for the next date of a rule
//! to the end of its time, which for a rule without dates takes long.

use chrono::{Datelike, NaiveDate, Weekday};
use rrule::Frequency;

use super::parts::Parts;
use super::values::ByDay;

/// Whether the rule may have a date from the day of `start` to `last`. Positions (`BYSETPOS`) are not looked at.
pub(super) fn any_day(parts: &Parts, start: NaiveDate, last: NaiveDate) -> bool {
    start.iter_days().take_while(|day| *day <= last).any(|day| may_fall_on(parts, start, day))
}

/// Whether the rule, begun on `start`, may have a date on `day`.
pub(super) fn may_fall_on(parts: &Parts, start: NaiveDate, day: NaiveDate) -> bool {
    in_interval(parts, start, day)
        && (parts.by_month.is_empty() || parts.by_month.iter().any(|month| is(*month, day.month())))
        && fits_month_day(parts, start, day)
        && fits_weekday(parts, start, day)
}

fn in_interval(parts: &Parts, start: NaiveDate, day: NaiveDate) -> bool {
    let steps = match parts.frequency {
        Frequency::Yearly => i64::from(day.year()) - i64::from(start.year()),
        Frequency::Monthly => months(day) - months(start),
        Frequency::Weekly => {
            let week_start = parts.week_start.unwrap_or(Weekday::Mon);
            let monday_of = |day: NaiveDate| day.week(week_start).checked_first_day().unwrap_or(day);
            (monday_of(day) - monday_of(start)).num_days() / 7
        }
        _ => (day - start).num_days(),
    };
    steps.rem_euclid(i64::from(parts.interval)) == 0
}

fn fits_month_day(parts: &Parts, start: NaiveDate, day: NaiveDate) -> bool {
    let dated = parts.by_day.is_empty() && matches!(parts.frequency, Frequency::Monthly | Frequency::Yearly);
    match parts.by_month_day.as_slice() {
        [] if dated && parts.frequency == Frequency::Yearly && parts.by_month.is_empty() => {
            (day.month(), day.day()) == (start.month(), start.day())
        }
        [] if dated => day.day() == start.day(),
        [] => true,
        days => {
            let from_end = u32::from(day.num_days_in_month()) - day.day() + 1;
            days.iter().any(|wanted| is(*wanted, day.day()) || is(-*wanted, from_end))
        }
    }
}

fn fits_weekday(parts: &Parts, start: NaiveDate, day: NaiveDate) -> bool {
    match parts.by_day.as_slice() {
        [] if parts.frequency == Frequency::Weekly => day.weekday() == start.weekday(),
        [] => true,
        days => days.iter().any(|wanted| fits_nth(parts, wanted, day)),
    }
}

fn fits_nth(parts: &Parts, wanted: &ByDay, day: NaiveDate) -> bool {
    if wanted.weekday != day.weekday() {
        return false;
    }
    let Some(nth) = wanted.nth else { return true };
    let in_year = parts.frequency == Frequency::Yearly && parts.by_month.is_empty();
    let (position, length) =
        if in_year { (day.ordinal(), if day.leap_year() { 366 } else { 365 }) } else { (day.day(), u32::from(day.num_days_in_month())) };
    is(nth, position.div_ceil(7)) || is(-nth, (length - position + 1).div_ceil(7))
}

/// Months since the year 0.
fn months(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month0())
}

/// Whether a number of a rule is this one; a negative number is none.
fn is(wanted: i16, found: u32) -> bool {
    u32::try_from(wanted).is_ok_and(|wanted| wanted == found)
}
