//! When samples are: so many days after the day of the first seeding, at times of the wall.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::SeedError;
use super::parse::Entry;
use super::sample_file::{Further, Particular, SampleEvent, Start};
use crate::events::rules::schedule::{self, PlannedDate, Schedule, horizon, instant, local, over_at};

/// Days in which a day that fits must come.
const SEARCHED: usize = 500;

/// The schedule of a sample, seen from `now`.
pub(super) fn schedule(entry: &Entry<'_>, sample: &SampleEvent, now: DateTime<Utc>) -> Result<Schedule, SeedError> {
    let zone: Tz = entry.parse(&sample.zone)?;
    let today = local(now, zone).date();
    let start = first(&sample.starts, today, zone).ok_or_else(|| entry.wrong("no day fits"))?;
    let starts_at = instant(start, zone);
    let further = |further: &Further| instant(moved(start, further), zone);
    let until = sample.ends_in_days.map(|days| instant((today + Days::new(days)).and_time(NaiveTime::MIN), zone));
    let rule = sample.recurrence.as_ref().map(|rule| match until {
        Some(until) => entry.parse(&format!("{rule};UNTIL={}", until.format("%Y%m%dT%H%M%SZ"))),
        None => entry.parse(rule),
    });
    let mut schedule = Schedule {
        starts_at,
        ends_at: end(sample, start).map(|end| instant(end, zone)),
        doors_at: sample.doors_minutes_before.map(|minutes| starts_at - TimeDelta::minutes(minutes)),
        is_all_day: sample.all_day,
        zone,
        recurrence: rule.transpose()?,
        except_dates: Vec::new(),
        further_dates: sample.further.iter().map(further).collect(),
    };
    let all = dates(entry, &schedule, now)?;
    for nth in &sample.except {
        schedule.except_dates.push(nth_of(entry, &all, *nth)?.starts_at);
    }
    Ok(schedule)
}

/// Its dates.
pub(super) fn dates(entry: &Entry<'_>, schedule: &Schedule, now: DateTime<Utc>) -> Result<Vec<PlannedDate>, SeedError> {
    schedule::dates(schedule, horizon(now)).map_err(|unsound| entry.wrong(unsound))
}

/// A date as what is particular to it makes it: moved with its end and doors, or of another length.
pub(super) fn particular(when: PlannedDate, particular: &Particular, zone: Tz) -> PlannedDate {
    let start = local(when.starts_at, zone);
    let to = particular.moved.as_ref().map_or(start, |to| moved(start, to));
    let with = |at: DateTime<Utc>| instant(to + (local(at, zone) - start), zone);
    let starts_at = instant(to, zone);
    let last_day = particular.lasts_days.map(|days| instant(to + Days::new(days), zone));
    let ends_at = last_day.or(when.ends_at.map(with));
    PlannedDate { starts_at, ends_at, doors_at: when.doors_at.map(with), over_at: over_at(starts_at, ends_at, zone) }
}

/// One of the dates, counted from 1.
pub(super) fn nth_of<T: Copy>(entry: &Entry<'_>, dates: &[T], nth: usize) -> Result<T, SeedError> {
    nth.checked_sub(1).and_then(|at| dates.get(at)).copied().ok_or_else(|| entry.wrong(format!("there is no date {nth}")))
}

fn first(start: &Start, today: NaiveDate, zone: Tz) -> Option<NaiveDateTime> {
    let fits = |day: &NaiveDate| {
        start.weekday.is_none_or(|weekday| day.weekday() == weekday)
            && start.nth_weekday.is_none_or(|nth| day.day0() / 7 + 1 == nth)
            && (!start.eve_of_clock_change || clocks_change_after(*day, zone))
    };
    let day = (today + Days::new(start.in_days)).iter_days().take(SEARCHED).find(fits)?;
    Some(day.and_time(start.at.unwrap_or(NaiveTime::MIN)))
}

/// Whether the next noon is not 24 hours after this one.
fn clocks_change_after(day: NaiveDate, zone: Tz) -> bool {
    let noon = |day: NaiveDate| instant(day.and_time(NaiveTime::MIN) + TimeDelta::hours(12), zone);
    noon(day + Days::new(1)) - noon(day) != TimeDelta::days(1)
}

fn end(sample: &SampleEvent, start: NaiveDateTime) -> Option<NaiveDateTime> {
    let in_minutes = sample.lasts_minutes.map(|minutes| start + TimeDelta::minutes(minutes));
    let in_days = sample.lasts_days.map(|days| start + Days::new(days));
    let next_day = sample.ends_next_day_at.map(|at| (start.date() + Days::new(1)).and_time(at));
    in_minutes.or(in_days).or(next_day)
}

fn moved(from: NaiveDateTime, to: &Further) -> NaiveDateTime {
    (from.date() + Days::new(to.after_days)).and_time(to.at.unwrap_or(from.time()))
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Berlin;

    use super::*;

    fn start(in_days: u64) -> Start {
        Start { in_days, weekday: None, nth_weekday: None, eve_of_clock_change: false, at: NaiveTime::from_hms_opt(18, 0, 0) }
    }

    fn found(start: &Start, today: &str) -> String {
        first(start, today.parse().unwrap(), Berlin).unwrap().to_string()
    }

    #[test]
    fn a_start_is_ahead_on_the_day_that_fits() {
        assert_eq!(found(&start(3), "2022-05-18"), "2022-05-21 18:00:00");
        let tuesday = Start { weekday: Some(chrono::Weekday::Tue), ..start(3) };
        assert_eq!(found(&tuesday, "2022-05-18"), "2022-05-24 18:00:00");
        let first_tuesday = Start { nth_weekday: Some(1), ..tuesday };
        assert_eq!(found(&first_tuesday, "2022-05-18"), "2022-06-07 18:00:00");
    }

    #[test]
    fn the_eve_of_a_clock_change_is_found_in_either_half_of_the_year() {
        let eve = Start { eve_of_clock_change: true, ..start(0) };
        assert_eq!(found(&eve, "2022-05-18"), "2022-10-29 18:00:00");
        assert_eq!(found(&eve, "2022-11-01"), "2023-03-25 18:00:00");
    }
}
