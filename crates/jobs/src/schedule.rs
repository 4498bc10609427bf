//! When something comes again: pure reckoning.

use std::fmt;

use chrono::{DateTime, Days, LocalResult, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// When something is due, again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule(Rule);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Minutes(u32),
    Hourly { minute: u32 },
    Daily { hour: u32, minute: u32, zone: Tz },
}

impl Schedule {
    /// Every so many minutes, at least one, counted from the beginning of 1970: every 15 is at the full quarters of hours.
    #[must_use]
    pub const fn every_minutes(count: u32) -> Self {
        Self(Rule::Minutes(if count == 0 { 1 } else { count }))
    }

    /// Every hour at this minute; 59 is the last.
    #[must_use]
    pub const fn hourly_at(minute: u32) -> Self {
        Self(Rule::Hourly { minute: if minute > 59 { 59 } else { minute } })
    }

    /// Every day at this time in a time zone; 23:59 is the last. Where clocks skip the time it is as much later, and where they
    /// show it twice it is the first of the two.
    #[must_use]
    pub const fn daily_at(hour: u32, minute: u32, zone: Tz) -> Self {
        Self(Rule::Daily { hour: if hour > 23 { 23 } else { hour }, minute: if minute > 59 { 59 } else { minute }, zone })
    }

    /// The first time after `moment`.
    #[must_use]
    pub fn next_after(&self, moment: DateTime<Utc>) -> DateTime<Utc> {
        match self.0 {
            Rule::Minutes(count) => step_after(moment, i64::from(count) * 60, 0),
            Rule::Hourly { minute } => step_after(moment, 60 * 60, i64::from(minute) * 60),
            Rule::Daily { hour, minute, zone } => day_after(moment, hour, minute, zone),
        }
    }
}

/// What it is reckoned by; equal for equal ones alone.
impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Rule::Minutes(count) => write!(f, "every {count} minutes"),
            Rule::Hourly { minute } => write!(f, "hourly at minute {minute}"),
            Rule::Daily { hour, minute, zone } => write!(f, "daily at {hour:02}:{minute:02} in {zone}"),
        }
    }
}

/// The first moment after `moment` that lies whole steps and `offset` after the beginning of 1970, in seconds.
fn step_after(moment: DateTime<Utc>, step: i64, offset: i64) -> DateTime<Utc> {
    let steps = (moment.timestamp() - offset).div_euclid(step) + 1;
    DateTime::from_timestamp(steps * step + offset, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn day_after(moment: DateTime<Utc>, hour: u32, minute: u32, zone: Tz) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN);
    // The day before, as a skipped time may lie in the next one.
    let first = moment.with_timezone(&zone).date_naive() - Days::new(1);
    let days = first.iter_days().take(4);
    days.map(|day| in_zone(day.and_time(time), zone)).find(|time| *time > moment).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn in_zone(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let before = |local: NaiveDateTime| match zone.from_local_datetime(&local) {
        LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => Some(time.to_utc()),
        LocalResult::None => None,
    };
    // Where it is skipped: reckoned from a day earlier, by the clocks of before.
    before(local).or_else(|| Some(before(local - TimeDelta::days(1))? + TimeDelta::days(1))).unwrap_or_else(|| local.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn next(schedule: Schedule, after: &str) -> String {
        schedule.next_after(at(after)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    #[test]
    fn minutes_and_hours_are_counted_alike_by_everybody() {
        let quarters = Schedule::every_minutes(15);
        assert_eq!(next(quarters, "2026-05-17T18:00:00Z"), "2026-05-17T18:15:00Z");
        assert_eq!(next(quarters, "2026-05-17T18:14:59.999999Z"), "2026-05-17T18:15:00Z");
        assert_eq!(next(Schedule::every_minutes(0), "2026-05-17T18:00:00Z"), "2026-05-17T18:01:00Z");
        let hourly = Schedule::hourly_at(7);
        assert_eq!(next(hourly, "2026-05-17T18:06:59Z"), "2026-05-17T18:07:00Z");
        assert_eq!(next(hourly, "2026-05-17T18:07:00Z"), "2026-05-17T19:07:00Z");
        assert_eq!(next(hourly, "1969-12-31T23:30:00Z"), "1970-01-01T00:07:00Z");
    }

    #[test]
    fn days_have_the_clock_of_their_zone() {
        let morning = Schedule::daily_at(6, 30, Tz::Europe__Berlin);
        assert_eq!(next(morning, "2026-01-05T05:29:59Z"), "2026-01-05T05:30:00Z");
        assert_eq!(next(morning, "2026-01-05T05:30:00Z"), "2026-01-06T05:30:00Z");
        assert_eq!(next(morning, "2026-07-05T23:00:00Z"), "2026-07-06T04:30:00Z");
        assert_eq!(next(Schedule::daily_at(0, 5, Tz::Pacific__Kiritimati), "2026-01-05T10:00:00Z"), "2026-01-05T10:05:00Z");
    }

    #[test]
    fn a_time_that_clocks_skip_or_show_twice_comes_once_that_day() {
        let night = Schedule::daily_at(2, 30, Tz::Europe__Berlin);
        assert_eq!(next(night, "2026-03-28T02:00:00Z"), "2026-03-29T01:30:00Z");
        assert_eq!(next(night, "2026-03-29T01:30:00Z"), "2026-03-30T00:30:00Z");
        assert_eq!(next(night, "2026-10-24T12:00:00Z"), "2026-10-25T00:30:00Z");
        assert_eq!(next(night, "2026-10-25T00:30:00Z"), "2026-10-26T01:30:00Z");
        let lord_howe = Schedule::daily_at(2, 10, Tz::Australia__Lord_Howe);
        assert_eq!(next(lord_howe, "2026-10-03T12:00:00Z"), "2026-10-03T15:40:00Z");
    }

    #[test]
    fn schedules_are_told_apart_by_their_text() {
        assert_eq!(Schedule::daily_at(99, 99, Tz::Europe__Berlin).to_string(), "daily at 23:59 in Europe/Berlin");
        assert_eq!(Schedule::hourly_at(70).to_string(), "hourly at minute 59");
        assert_eq!(Schedule::every_minutes(5).to_string(), "every 5 minutes");
    }
}
