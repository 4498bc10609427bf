//! Tests of the way from a schedule to its dates.

use chrono::{NaiveDate, Timelike};
use chrono_tz::Europe::Berlin;
use proptest::prelude::*;

use super::*;

fn wall(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    instant(wall(text), Berlin)
}

fn from(start: &str, end: Option<&str>) -> Schedule {
    Schedule {
        starts_at: at(start),
        ends_at: end.map(at),
        doors_at: None,
        is_all_day: false,
        zone: Berlin,
        recurrence: None,
        except_dates: Vec::new(),
        further_dates: Vec::new(),
    }
}

fn by(rule: &str, schedule: Schedule) -> Schedule {
    Schedule { recurrence: Some(Rule::parse(rule).unwrap()), ..schedule }
}

fn walls(schedule: &Schedule) -> Vec<(String, Option<String>)> {
    let text = |at: DateTime<Utc>| local(at, schedule.zone).format("%m-%d %H:%M").to_string();
    dates(schedule, at("2024-01-01 00:00")).unwrap().iter().map(|date| (text(date.starts_at), date.ends_at.map(text))).collect()
}

fn starts_of(schedule: &Schedule) -> Vec<String> {
    walls(schedule).into_iter().map(|(start, _)| start).collect()
}

#[test]
fn six_in_the_evening_stays_six_when_clocks_change() {
    let schedule = by("FREQ=WEEKLY;COUNT=3", from("2022-03-22 18:00", Some("2022-03-22 20:00")));
    let expected = ["03-22", "03-29", "04-05"].map(|day| (format!("{day} 18:00"), Some(format!("{day} 20:00"))));
    assert_eq!(walls(&schedule), expected);
    let instants: Vec<u32> = dates(&schedule, at("2024-01-01 00:00")).unwrap().iter().map(|date| date.starts_at.hour()).collect();
    assert_eq!(instants, [17, 16, 16]);
}

#[test]
fn all_day_dates_are_local_days_also_when_one_has_23_hours() {
    let days = Schedule { is_all_day: true, ..from("2022-03-26 00:00", Some("2022-03-28 00:00")) };
    let planned = dates(&by("FREQ=DAILY;COUNT=2", days), at("2024-01-01 00:00")).unwrap();
    assert_eq!(planned[0].ends_at, Some(at("2022-03-28 00:00")));
    assert_eq!((planned[1].starts_at, planned[1].ends_at), (at("2022-03-27 00:00"), Some(at("2022-03-29 00:00"))));
    assert_eq!((planned[1].ends_at.unwrap() - planned[1].starts_at).num_hours(), 47);
}

#[test]
fn excepted_dates_are_left_out_and_count() {
    let schedule = by("FREQ=WEEKLY;COUNT=4", from("2022-05-03 18:00", None));
    let schedule = Schedule { except_dates: vec![at("2022-05-10 18:00"), at("2022-06-01 18:00")], ..schedule };
    assert_eq!(starts_of(&schedule), ["05-03 18:00", "05-17 18:00", "05-24 18:00"]);
    let none_left = Schedule { except_dates: vec![at("2022-05-03 18:00")], ..from("2022-05-03 18:00", None) };
    assert_eq!(dates(&none_left, at("2024-01-01 00:00")), Err(Unsound::NoDate));
}

#[test]
fn further_dates_are_put_in_order_and_last_as_long() {
    let schedule = from("2022-01-28 18:00", Some("2022-01-28 19:30"));
    let schedule = Schedule { further_dates: vec![at("2022-02-04 17:00"), at("2022-01-21 18:00"), at("2022-01-28 18:00")], ..schedule };
    let expected = [("01-21 18:00", "01-21 19:30"), ("01-28 18:00", "01-28 19:30"), ("02-04 17:00", "02-04 18:30")];
    assert_eq!(walls(&schedule), expected.map(|(start, end)| (start.to_owned(), Some(end.to_owned()))));
}

#[test]
fn a_date_without_an_end_is_over_with_its_local_day() {
    let planned = dates(&from("2022-03-26 18:00", None), at("2024-01-01 00:00")).unwrap();
    assert_eq!(planned[0].over_at, at("2022-03-27 00:00"));
    let planned = dates(&from("2022-03-26 18:00", Some("2022-03-27 04:00")), at("2024-01-01 00:00")).unwrap();
    assert_eq!(planned[0].over_at, at("2022-03-27 04:00"));
}

#[test]
fn doors_open_as_long_before_every_date() {
    let schedule = Schedule { doors_at: Some(at("2022-03-22 17:30")), ..from("2022-03-22 18:00", None) };
    let planned = dates(&by("FREQ=WEEKLY;COUNT=2", schedule), at("2024-01-01 00:00")).unwrap();
    assert_eq!(planned[1].doors_at, Some(at("2022-03-29 17:30")));
}

#[test]
fn a_rule_without_an_end_is_followed_for_two_years() {
    let schedule = by("FREQ=WEEKLY", from("2022-05-03 18:00", None));
    let planned = dates(&schedule, horizon(at("2022-05-01 12:00"))).unwrap();
    assert_eq!(planned.len(), 105);
    assert_eq!(planned[104].starts_at, at("2024-04-30 18:00"));
    assert_eq!(dates(&schedule, at("2020-01-01 00:00")).unwrap().len(), 1);
}

#[test]
fn a_night_when_clocks_change_puts_no_end_before_its_start() {
    let schedule = by("FREQ=WEEKLY;COUNT=2", from("2022-03-20 02:30", Some("2022-03-20 03:00")));
    let planned = dates(&schedule, at("2024-01-01 00:00")).unwrap();
    assert_eq!((planned[1].ends_at.unwrap() - planned[1].starts_at).num_minutes(), 30);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let refused = |schedule: Schedule| dates(&schedule, at("2024-01-01 00:00")).unwrap_err();
    let start = "2022-05-03 18:00";
    assert_eq!(refused(from(start, Some(start))), Unsound::EndsBeforeStart);
    assert_eq!(refused(Schedule { doors_at: Some(at("2022-05-03 18:01")), ..from(start, None) }), Unsound::DoorsAfterStart);
    assert_eq!(refused(Schedule { is_all_day: true, ..from(start, None) }), Unsound::NotAtMidnight);
    let both = Schedule { further_dates: vec![at("2022-05-04 18:00")], ..by("FREQ=DAILY;COUNT=2", from(start, None)) };
    assert_eq!(refused(both), Unsound::RecurrenceAndFurtherDates);
    assert_eq!(refused(by("FREQ=DAILY;UNTIL=20300101T000000Z", from(start, None))), Unsound::TooManyDates);
    for rule in ["FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=3", "FREQ=HOURLY;COUNT=3"] {
        assert!(Rule::parse(rule).is_err(), "{rule}");
    }
}

proptest! {
    #[test]
    fn dates_are_in_order_at_the_same_time_of_the_wall_and_last_as_long(
        day in 0_u64..1500,
        minute in 240_u64..1439,
        lasts in 1_i64..4000,
        frequency in prop::sample::select(vec!["DAILY", "WEEKLY", "MONTHLY"]),
        interval in 1_u32..4,
        count in 1_usize..40,
    ) {
        let first = wall("2021-01-01 00:00") + Days::new(day) + TimeDelta::minutes(i64::try_from(minute).unwrap());
        let starts_at = instant(first, Berlin);
        let ends_at = Some(instant(first + TimeDelta::minutes(lasts), Berlin)).filter(|end| *end > starts_at);
        let schedule = Schedule { starts_at, ends_at, ..from("2021-01-01 00:00", None) };
        let schedule = by(&format!("FREQ={frequency};INTERVAL={interval};COUNT={count}"), schedule);
        let planned = dates(&schedule, at("2024-01-01 00:00")).unwrap();
        prop_assert!(planned.len() <= count && planned[0].starts_at == starts_at);
        prop_assert!(planned.windows(2).all(|pair| pair[0].starts_at < pair[1].starts_at));
        for date in &planned {
            prop_assert_eq!(local(date.starts_at, Berlin).time(), first.time());
            prop_assert!(date.ends_at.is_none_or(|end| end > date.starts_at) && date.over_at > date.starts_at);
        }
    }

    #[test]
    fn all_day_dates_start_and_end_at_local_midnight(day in 0_u64..1500, lasts in 1_u64..5, count in 1_usize..60) {
        let first = NaiveDate::from_ymd_opt(2021, 1, 1).unwrap() + Days::new(day);
        let midnight = |day: NaiveDate| instant(day.and_time(NaiveTime::MIN), Berlin);
        let schedule = Schedule { is_all_day: true, starts_at: midnight(first), ends_at: Some(midnight(first + Days::new(lasts))), ..from("2021-01-01 00:00", None) };
        let planned = dates(&by(&format!("FREQ=DAILY;COUNT={count}"), schedule), at("2024-01-01 00:00")).unwrap();
        prop_assert_eq!(planned.len(), count);
        for (date, day) in planned.iter().zip(first.iter_days()) {
            prop_assert_eq!((date.starts_at, date.ends_at), (midnight(day), Some(midnight(day + Days::new(lasts)))));
        }
    }
}
