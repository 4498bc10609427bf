//! Which rules are taken, how they are written, and on which dates they fall.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use ics::{Moment, Rule, RuleError, expand};
use proptest::prelude::*;

const ALWAYS: (DateTime<Utc>, DateTime<Utc>) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);

fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap_or_default()
}

fn berlin(text: &str) -> Moment {
    Moment::Local { at: at(text), zone: Tz::Europe__Berlin }
}

fn day(text: &str) -> Moment {
    Moment::Day(text.parse::<NaiveDate>().unwrap_or_default())
}

fn shown(moment: &Moment) -> String {
    match moment {
        Moment::Day(day) => day.to_string(),
        Moment::Local { at, .. } => at.format("%Y-%m-%d %H:%M").to_string(),
        Moment::Utc(instant) => instant.format("%Y-%m-%d %H:%MZ").to_string(),
    }
}

fn dates(rule: &str, start: &Moment, limit: usize) -> Result<Vec<String>, RuleError> {
    let found = expand(&Rule::parse(rule)?, start, ALWAYS.0, ALWAYS.1, limit)?;
    Ok(found.iter().map(shown).collect())
}

#[test]
fn the_clock_on_the_wall_stays() -> Result<(), RuleError> {
    let found = dates("FREQ=WEEKLY;COUNT=4", &berlin("2022-03-15 18:00"), 10)?;
    assert_eq!(found, ["2022-03-15 18:00", "2022-03-22 18:00", "2022-03-29 18:00", "2022-04-05 18:00"]);
    let found = dates("FREQ=DAILY;COUNT=3", &berlin("2022-03-26 02:30"), 10)?;
    assert_eq!(found, ["2022-03-26 02:30", "2022-03-27 02:30", "2022-03-28 02:30"]);
    Ok(())
}

#[test]
fn days_stay_days() -> Result<(), RuleError> {
    let found = dates("FREQ=MONTHLY;BYDAY=-1SU;BYHOUR=7;UNTIL=20220626T120000Z", &day("2022-04-24"), 10)?;
    assert_eq!(found, ["2022-04-24", "2022-05-29", "2022-06-26"]);
    Ok(())
}

#[test]
fn the_start_counts_even_beside_the_rule() -> Result<(), RuleError> {
    let found = dates("FREQ=WEEKLY;BYDAY=MO;COUNT=3", &berlin("2022-05-17 18:00"), 10)?;
    assert_eq!(found, ["2022-05-17 18:00", "2022-05-23 18:00", "2022-05-30 18:00"]);
    let found = dates("FREQ=WEEKLY;BYDAY=TU;COUNT=2", &berlin("2022-05-17 18:00"), 10)?;
    assert_eq!(found, ["2022-05-17 18:00", "2022-05-24 18:00"]);
    let found = dates("FREQ=WEEKLY;UNTIL=20200101", &berlin("2022-05-17 18:00"), 10)?;
    assert_eq!(found, ["2022-05-17 18:00"]);
    Ok(())
}

#[test]
fn until_is_inclusive_in_the_zone() -> Result<(), RuleError> {
    let start = berlin("2022-05-17 18:00");
    for until in ["20220524T160000Z", "20220524", "20220524T180000"] {
        assert_eq!(dates(&format!("FREQ=WEEKLY;UNTIL={until}"), &start, 10)?.len(), 2, "{until}");
    }
    for until in ["20220524T155959Z", "20220523", "20220524T175959"] {
        assert_eq!(dates(&format!("FREQ=WEEKLY;UNTIL={until}"), &start, 10)?.len(), 1, "{until}");
    }
    Ok(())
}

#[test]
fn the_window_has_a_beginning_and_an_end() -> Result<(), RuleError> {
    let rule = Rule::parse("FREQ=DAILY")?;
    let (from, until) = (at("2022-05-18 16:00").and_utc(), at("2022-05-20 16:00").and_utc());
    let found = expand(&rule, &berlin("2022-05-17 18:00"), from, until, 10)?;
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), ["2022-05-18 18:00", "2022-05-19 18:00"]);
    let found = expand(&rule, &day("2022-05-17"), from, until, 10)?;
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), ["2022-05-18", "2022-05-19", "2022-05-20"]);
    assert_eq!(expand(&rule, &day("2022-05-17"), from, until, 2)?.len(), 2);
    let instant = Moment::Utc(at("2022-05-17 18:00").and_utc());
    assert_eq!(expand(&rule, &instant, from, until, 10)?.iter().map(shown).collect::<Vec<_>>(), ["2022-05-18 18:00Z", "2022-05-19 18:00Z"]);
    Ok(())
}

#[test]
fn weekdays_with_and_without_numbers_are_one_list() -> Result<(), RuleError> {
    let found = dates("FREQ=MONTHLY;BYDAY=MO,1TU;COUNT=6", &day("2022-05-02"), 10)?;
    assert_eq!(found, ["2022-05-02", "2022-05-03", "2022-05-09", "2022-05-16", "2022-05-23", "2022-05-30"]);
    Ok(())
}

#[test]
fn positions() -> Result<(), RuleError> {
    let found = dates("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", &day("2022-05-31"), 10)?;
    assert_eq!(found, ["2022-05-31", "2022-06-30", "2022-07-29"]);
    Ok(())
}

#[test]
fn positions_in_the_times_of_a_day_mean_nothing_for_days() -> Result<(), RuleError> {
    let rule = Rule::parse("FREQ=DAILY;COUNT=2;BYHOUR=8,9;BYSETPOS=1")?;
    assert_eq!(rule.written_for(&day("2022-05-17")), "FREQ=DAILY;COUNT=2");
    assert_eq!(dates(rule.as_str(), &day("2022-05-17"), 10)?, ["2022-05-17", "2022-05-18"]);
    assert_eq!(dates(rule.as_str(), &berlin("2022-05-17 08:00"), 10)?, ["2022-05-17 08:00", "2022-05-18 08:00"]);
    Ok(())
}

#[test]
fn rules_are_written_in_one_form() -> Result<(), RuleError> {
    let rule = Rule::parse("rrule:wkst=mo;byday=+1mo,-1fr;interval=1;until=20220605;freq=monthly;")?;
    assert_eq!(rule.as_str(), "FREQ=MONTHLY;UNTIL=20220605;BYDAY=1MO,-1FR");
    assert_eq!(rule.written_for(&berlin("2022-05-17 18:00")), "FREQ=MONTHLY;UNTIL=20220605T215959Z;BYDAY=1MO,-1FR");
    assert_eq!(rule.written_for(&day("2022-05-17")), rule.as_str());
    let rule = Rule::parse("FREQ=WEEKLY;BYHOUR=18;UNTIL=20220605T180000")?;
    assert_eq!(rule.written_for(&berlin("2022-05-17 18:00")), "FREQ=WEEKLY;UNTIL=20220605T160000Z;BYHOUR=18");
    assert_eq!(rule.written_for(&day("2022-05-17")), "FREQ=WEEKLY;UNTIL=20220605");
    assert_eq!(Rule::parse(rule.as_str())?, rule);
    Ok(())
}

#[test]
fn refused() {
    let reason = |rule: &str| Rule::parse(rule).err().map(|error| error.to_string()).unwrap_or_default();
    let cases = [
        ("", "FREQ is missing"),
        ("INTERVAL=2", "FREQ is missing"),
        ("FREQ=HOURLY", "an event repeats daily at most, at no more than 6 times of the day"),
        ("FREQ=SECONDLY;COUNT=3", "an event repeats daily at most, at no more than 6 times of the day"),
        ("FREQ=DAILY;BYHOUR=8,9,10;BYMINUTE=0,20,40", "an event repeats daily at most, at no more than 6 times of the day"),
        ("FREQ=NOW", "`FREQ=NOW` cannot be understood"),
        ("FREQ=YEARLY;BYEASTER=0", "BYEASTER is not supported, as calendar programs do not agree on it"),
        ("FREQ=YEARLY;BYMOON=1", "`BYMOON` is not part of a recurrence rule"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20220101", "either COUNT or UNTIL may be given, not both"),
        ("FREQ=DAILY;COUNT=1001", "COUNT must be from 1 to 1000"),
        ("FREQ=DAILY;COUNT=99999999999", "COUNT must be from 1 to 1000"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL must be from 1 to 1000"),
        ("FREQ=DAILY;FREQ=WEEKLY", "FREQ is given twice"),
        ("FREQ=DAILY\nRRULE:FREQ=WEEKLY", "there is more than one line; an event has one rule"),
        ("FREQ=DAILY;UNTIL=morgen", "`UNTIL=MORGEN` cannot be understood"),
        ("FREQ=DAILY;UNTIL=20220230", "`UNTIL=20220230` cannot be understood"),
        ("FREQ=WEEKLY;BYDAY=1MO", "a number in BYDAY cannot be used with FREQ=DAILY or FREQ=WEEKLY"),
        ("FREQ=WEEKLY;BYDAY=äö", "`BYDAY=äö` cannot be understood"),
        ("FREQ=WEEKLY;BYDAY=€", "`BYDAY=€` cannot be understood"),
        ("FREQ=MONTHLY;BYDAY=6MO", "a number in BYDAY must be from -4 to 5"),
        ("FREQ=YEARLY;BYDAY=-53MO", "a number in BYDAY must be from -52 to 53"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY cannot be used with FREQ=WEEKLY"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY must be from -31 to 31"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS cannot be used without another BY… part"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", "the rule never falls on any date"),
        ("FREQ", "`FREQ` cannot be understood"),
    ];
    for (rule, expected) in cases {
        assert_eq!(reason(rule), expected, "{rule}");
    }
    assert_eq!(Rule::parse(&"A".repeat(501)), Err(RuleError::TooLong(500)));
}

#[test]
fn a_rule_that_never_falls_is_known_at_once() -> Result<(), RuleError> {
    let rules = [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
    ];
    let begun = std::time::Instant::now();
    for rule in rules {
        assert_eq!(dates(rule, &day("2022-05-17"), 10)?, ["2022-05-17"], "{rule}");
    }
    assert!(begun.elapsed().as_millis() < 1000, "{:?}", begun.elapsed());
    Ok(())
}

#[test]
fn a_series_of_another_age_is_refused() {
    let rule = Rule::parse("FREQ=DAILY");
    let start = Moment::Utc(DateTime::<Utc>::MAX_UTC);
    let found = rule.and_then(|rule| expand(&rule, &start, ALWAYS.0, ALWAYS.1, 10));
    assert_eq!(found, Err(RuleError::StartOutOfRange { least: 1900, most: 2200 }));
}

fn list<T: std::fmt::Display + std::fmt::Debug>(name: &'static str, value: impl Strategy<Value = T>) -> impl Strategy<Value = String> {
    proptest::collection::vec(value, 0..4).prop_map(move |values| match values.as_slice() {
        [] => String::new(),
        values => format!(";{name}={}", values.iter().map(T::to_string).collect::<Vec<_>>().join(",")),
    })
}

fn any_rule() -> impl Strategy<Value = String> {
    let weekday = (prop_oneof![4 => Just(String::new()), 1 => (-6..7).prop_map(|nth: i32| nth.to_string())], "MO|TU|WE|TH|FR|SA|SU");
    let parts = (
        "FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY)",
        prop_oneof![Just(String::new()), (1..60).prop_map(|interval| format!(";INTERVAL={interval}"))],
        prop_oneof![Just(String::new()), (1..30).prop_map(|count| format!(";COUNT={count}")), Just(";UNTIL=20300101".to_owned())],
        list("BYMONTH", 1..13),
        prop_oneof![3 => Just(String::new()), 1 => list("BYMONTHDAY", -31..32)],
        list("BYDAY", weekday.prop_map(|(nth, weekday)| format!("{nth}{weekday}"))),
        prop_oneof![3 => Just(String::new()), 1 => list("BYHOUR", 0..24)],
        prop_oneof![3 => Just(String::new()), 1 => list("BYSETPOS", -10..11)],
        prop_oneof![3 => Just(String::new()), 1 => Just(";WKST=SU".to_owned())],
    );
    parts.prop_map(|(a, b, c, d, e, f, g, h, i)| [a, b, c, d, e, f, g, h, i].concat())
}

proptest! {
    #[test]
    fn any_text_is_taken_or_refused(text in any::<String>(), tail in "[A-Z=;,0-9+-]{0,40}") {
        let _ = Rule::parse(&text);
        let _ = Rule::parse(&format!("FREQ=DAILY;{tail}"));
        let _ = Rule::parse(&format!("FREQ=DAILY;BYDAY={text}"));
    }

    #[test]
    fn dates_are_in_order_and_none_is_lost_by_a_window(text in any_rule(), offset in 0..4000_u64, all_day: bool) {
        let Ok(rule) = Rule::parse(&text) else { return Ok(()) };
        prop_assert_eq!(Rule::parse(rule.as_str()), Ok(rule.clone()));
        let date = NaiveDate::default() + chrono::Days::new(18_000 + offset);
        let start = if all_day { Moment::Day(date) } else { Moment::Local { at: date.and_time(Default::default()), zone: Tz::Europe__Berlin } };
        let end = start.instant() + chrono::TimeDelta::days(4000);
        let refused = |error: RuleError| TestCaseError::fail(error.to_string());
        let all = expand(&rule, &start, ALWAYS.0, end, 100_000).map_err(refused)?;
        prop_assert_eq!(all.first(), Some(&start));
        prop_assert!(all.is_sorted_by_key(shown), "{all:?}");
        let middle = start.instant() + chrono::TimeDelta::days(1000);
        let mut halves = expand(&rule, &start, ALWAYS.0, middle, 100_000).map_err(refused)?;
        halves.retain(|moment| moment.instant().date_naive() < middle.date_naive());
        let late = expand(&rule, &start, middle, end, 100_000).map_err(refused)?;
        let kept = all.iter().filter(|moment| moment.instant() >= middle);
        prop_assert!(kept.eq(late.iter()), "{all:?} {late:?}");
        prop_assert!(all.starts_with(&halves));
    }
}
