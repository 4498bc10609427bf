//! On which dates a rule falls, found by the `rrule` crate.

use chrono::{DateTime, Datelike, Month, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use rrule::{Frequency, NWeekday, RRule, RRuleSet, Tz, Validated};

use super::RuleError;
use super::days::any_day;
use super::parts::Parts;
use super::rule::Rule;
use super::values::{ByDay, Until};
use crate::Moment;

/// Years in which a series may begin and have dates.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// The dates of a rule from `from` on and before `until`, in order of time, at most `limit` of them.
///
/// They are of the same kind as `start`: days stay days, and 18:00 stays 18:00 when clocks change. The start is the first
/// date and counts even if the rule would not fall on it (RFC 5545 3.8.5.3). For days, `from` and `until` mean the days
/// on which they lie in UTC, the latter only if it has begun.
///
/// # Errors
/// When the series begins outside the years 1900 to 2200, or the `rrule` crate refuses the rule.
pub fn expand(rule: &Rule, start: &Moment, from: DateTime<Utc>, until: DateTime<Utc>, limit: usize) -> Result<Vec<Moment>, RuleError> {
    let first = start.local();
    if !YEARS.contains(&first.year()) {
        return Err(RuleError::StartOutOfRange { least: *YEARS.start(), most: *YEARS.end() });
    }
    let from = match start {
        Moment::Day(_) => start.local_of(from).date().and_time(NaiveTime::MIN),
        _ => start.local_of(from),
    };
    let until = start.local_of(until).min(end_of_time());
    let count = rule.parts.count.map_or(usize::MAX, usize::from);

    // Seconds are whole in iCalendar, and in what the crate gives back.
    let first_whole = first - TimeDelta::nanoseconds(i64::from(first.and_utc().timestamp_subsec_nanos()));
    let following = following(rule, start, first_whole, until)?;
    let dates = std::iter::once(first).chain(following).take(count).skip_while(|date| *date < from);
    Ok(dates.take_while(|date| *date < until).take(limit).map(|date| start.moved_to(date)).collect())
}

/// Dates after the first, in order of time, up to `until`.
fn following(
    rule: &Rule,
    start: &Moment,
    first: NaiveDateTime,
    until: NaiveDateTime,
) -> Result<impl Iterator<Item = NaiveDateTime>, RuleError> {
    let parts = rule.parts.beside(start);
    let end = match parts.until {
        Some(Until::Day(day)) => day.and_time(NaiveTime::MIN).min(until),
        Some(Until::Floating(at)) => at.min(until),
        Some(Until::Utc(instant)) => start.local_of(instant).min(until),
        None => until,
    };
    let mut dates = None;
    if end > first && any_day(&parts, first.date(), end.date()) {
        let series = RRuleSet::new(in_utc(first)).rrule(checked(&parts, Some((first, end)))?);
        dates = Some(series.limit().into_iter());
    }
    Ok(dates.into_iter().flatten().map(|date| date.naive_utc()).filter(move |date| *date > first))
}

/// The rule as the `rrule` crate has it, without `COUNT`, which counts differently there, and with local times as if they
/// were UTC: so the clocks never change on it.
pub(super) fn checked(parts: &Parts, range: Option<(NaiveDateTime, NaiveDateTime)>) -> Result<RRule<Validated>, RuleError> {
    let mut rule = RRule::new(parts.frequency)
        .interval(parts.interval)
        .by_month(&parts.by_month.iter().filter_map(|month| Month::try_from(u8::try_from(*month).ok()?).ok()).collect::<Vec<_>>())
        .by_month_day(parts.by_month_day.iter().filter_map(|day| i8::try_from(*day).ok()).collect())
        .by_weekday(weekdays(parts))
        .by_hour(parts.by_hour.iter().filter_map(|hour| u8::try_from(*hour).ok()).collect())
        .by_minute(parts.by_minute.iter().filter_map(|minute| u8::try_from(*minute).ok()).collect())
        .by_set_pos(parts.by_set_pos.iter().map(|position| i32::from(*position)).collect());
    if let Some(week_start) = parts.week_start {
        rule = rule.week_start(week_start);
    }
    let (first, until) = range.map_or((DateTime::UNIX_EPOCH.naive_utc(), None), |(first, until)| (first, Some(until)));
    if let Some(until) = until {
        rule = rule.until(in_utc(until));
    }
    rule.validate(in_utc(first)).map_err(|error| RuleError::Refused(error.to_string()))
}

/// Weekdays as the `rrule` crate has them. It takes weekdays with and without a number for two conditions and not for one
/// list, so that where both occur, those without become all their numbers.
fn weekdays(parts: &Parts) -> Vec<NWeekday> {
    let numbered = parts.by_day.iter().any(|day| day.nth.is_some());
    let in_year = parts.frequency == Frequency::Yearly && parts.by_month.is_empty();
    let numbers = |day: &ByDay| match day.nth {
        Some(nth) => nth..=nth,
        None if !numbered => 0..=0,
        None if in_year => 1..=53,
        None => 1..=5,
    };
    let one = |nth: i16, day: &ByDay| if nth == 0 { NWeekday::Every(day.weekday) } else { NWeekday::Nth(nth, day.weekday) };
    parts.by_day.iter().flat_map(|day| numbers(day).map(move |nth| one(nth, day))).collect()
}

fn in_utc(local: NaiveDateTime) -> DateTime<Tz> {
    Tz::UTC.from_utc_datetime(&local)
}

fn end_of_time() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(*YEARS.end() + 1, 1, 1).map_or(NaiveDateTime::MAX, |day| day.and_time(NaiveTime::MIN))
}
