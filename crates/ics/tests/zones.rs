//! Offsets computed from a written `VTIMEZONE` are those of the IANA data.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use ics::{Component, Writer, parse, write_vtimezone};

/// One onset of an observance: when, and the offset from then on.
type Onset = (NaiveDateTime, i32);

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn vtimezone(zone: Tz, first: NaiveDate, last: NaiveDate) -> (String, Component) {
    let mut writer = Writer::new();
    write_vtimezone(&mut writer, zone, first, last);
    let text = writer.finish();
    let component = parse(&text).ok().and_then(|mut components| components.pop()).unwrap_or_default();
    (text, component)
}

fn offset(observance: &Component, name: &str) -> i32 {
    let value = observance.text(name).unwrap_or_default();
    let number = |range: std::ops::Range<usize>| value.get(range).and_then(|digits| digits.parse::<i32>().ok()).unwrap_or(0);
    let size = number(1..3) * 3600 + number(3..5) * 60 + number(5..7);
    if value.starts_with('-') { -size } else { size }
}

fn local(value: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(value.trim_end_matches('Z'), "%Y%m%dT%H%M%S").unwrap_or_default()
}

/// A deliberately simple reading of `FREQ=YEARLY` rules: every day of every year is looked at.
fn yearly(rule: &str, start: NaiveDateTime, until_year: i32) -> Vec<NaiveDateTime> {
    let part = |name: &str| rule.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
    assert_eq!(part("FREQ"), Some("YEARLY"));
    let by_day = part("BYDAY").unwrap_or_default();
    let (nth, weekday) = by_day.split_at(by_day.len() - 2);
    let days = start.date().iter_days().take_while(|day| day.year() <= until_year);
    let fits = |date: &NaiveDate| {
        let length = u32::from(date.num_days_in_month());
        let in_month = part("BYMONTH").is_some_and(|month| month.parse() == Ok(date.month()));
        let in_week = date.weekday().to_string().to_uppercase().starts_with(weekday);
        let in_order = match nth.parse::<i32>() {
            Ok(-1) => date.day() + 7 > length,
            Ok(nth) => i64::from(nth) == i64::from(date.day().div_ceil(7)),
            Err(_) => true,
        };
        let in_window = part("BYMONTHDAY").is_none_or(|days| days.split(',').any(|day| day.parse() == Ok(date.day())));
        in_month && in_week && in_order && in_window
    };
    days.filter(fits).map(|date| date.and_time(start.time())).collect()
}

fn onsets(component: &Component, until_year: i32) -> Vec<Onset> {
    let mut onsets = Vec::new();
    for observance in &component.children {
        let (from, to) = (offset(observance, "TZOFFSETFROM"), offset(observance, "TZOFFSETTO"));
        let start = local(&observance.text("DTSTART").unwrap_or_default());
        let mut dates = vec![start];
        for property in &observance.properties {
            match property.name.as_str() {
                "RDATE" => dates.push(local(&property.value)),
                "RRULE" => {
                    let ruled = yearly(&property.value, start, until_year);
                    assert_eq!(ruled.first(), Some(&start), "the rule falls on its start: {property:?}");
                    let until = property.value.split_once("UNTIL=").map(|(_, until)| local(until));
                    let utc = |date: &NaiveDateTime| *date - TimeDelta::seconds(from.into());
                    dates.extend(ruled.into_iter().filter(|date| until.is_none_or(|until| utc(date) <= until)));
                }
                _ => {}
            }
        }
        onsets.extend(dates.into_iter().map(|date| (date - TimeDelta::seconds(from.into()), to)));
    }
    onsets.sort_unstable();
    onsets
}

fn check(zone: Tz, first: NaiveDate, last: NaiveDate) {
    let (text, component) = vtimezone(zone, first, last);
    let onsets = onsets(&component, last.year() + 1);
    let mut at = first.and_hms_opt(0, 0, 0).unwrap_or_default();
    assert!(onsets.first().is_some_and(|onset| onset.0 <= at), "{zone} begins too late\n{text}");
    while at.date() <= last {
        let written = onsets.iter().rev().find(|onset| onset.0 <= at).map(|onset| onset.1);
        let real = zone.offset_from_utc_datetime(&at).fix().local_minus_utc();
        assert_eq!(written, Some(real), "{zone} at {at}\n{text}");
        at += TimeDelta::hours(11);
    }
    // And at every change itself.
    for (utc, _) in onsets.iter().filter(|onset| (first..=last).contains(&onset.0.date())) {
        for at in [*utc - TimeDelta::seconds(1), *utc] {
            let written = onsets.iter().rev().find(|onset| onset.0 <= at).map(|onset| onset.1);
            let real = zone.offset_from_utc_datetime(&at).fix().local_minus_utc();
            assert_eq!(written, Some(real), "{zone} at {at}\n{text}");
        }
    }
}

#[test]
fn every_zone_is_right_in_these_years() {
    for zone in TZ_VARIANTS {
        check(zone, day(2022, 1, 1), day(2028, 12, 31));
    }
}

#[test]
fn zones_of_many_kinds_are_right_in_all_years() {
    let zones = [
        Tz::Europe__Berlin,
        Tz::Europe__Dublin,
        Tz::Europe__Istanbul,
        Tz::Europe__Moscow,
        Tz::America__New_York,
        Tz::America__Sao_Paulo,
        Tz::America__Santiago,
        Tz::America__Nuuk,
        Tz::Africa__Casablanca,
        Tz::Africa__Cairo,
        Tz::Africa__Monrovia,
        Tz::Africa__Windhoek,
        Tz::Asia__Tehran,
        Tz::Asia__Gaza,
        Tz::Asia__Jerusalem,
        Tz::Asia__Kolkata,
        Tz::Asia__Pyongyang,
        Tz::Australia__Lord_Howe,
        Tz::Pacific__Apia,
        Tz::Pacific__Chatham,
    ];
    for zone in zones {
        check(zone, day(1970, 1, 2), day(2099, 12, 31));
        check(zone, day(2010, 6, 1), day(2010, 6, 2));
    }
}

#[test]
fn berlin_has_two_rules_without_end() {
    let (text, _) = vtimezone(Tz::Europe__Berlin, day(2022, 1, 1), day(2028, 12, 31));
    let expected = "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nX-LIC-LOCATION:Europe/Berlin\r\nBEGIN:STANDARD\r\n\
        DTSTART:20211031T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\n\
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:20220327T020000\r\n\
        TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n\
        END:DAYLIGHT\r\nEND:VTIMEZONE\r\n";
    assert_eq!(text, expected);
    assert_eq!(vtimezone(Tz::Europe__Berlin, day(2022, 7, 1), day(2022, 7, 2)).0.matches("BEGIN:").count(), 3);
}

#[test]
fn a_rule_that_ended_has_its_end_in_utc() {
    let (text, _) = vtimezone(Tz::America__New_York, day(1990, 1, 1), day(2020, 1, 1));
    assert!(text.contains("RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z\r\n"), "{text}");
    assert!(text.contains("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\n"), "{text}");
}

#[test]
fn a_zone_without_changes_has_one_standard() {
    for zone in [Tz::Asia__Kolkata, Tz::Etc__GMTPlus5, Tz::Europe__Istanbul] {
        let (text, component) = vtimezone(zone, day(2022, 1, 1), day(2028, 1, 1));
        assert_eq!(component.children.len(), 1, "{text}");
        assert_eq!(component.children_named("STANDARD").count(), 1, "{text}");
    }
}

#[test]
fn the_later_clock_is_daylight() {
    for zone in [Tz::Europe__Dublin, Tz::Africa__Casablanca, Tz::Europe__London] {
        let (text, component) = vtimezone(zone, day(2022, 1, 1), day(2028, 1, 1));
        let offsets = |kind| component.children_named(kind).map(|child| offset(child, "TZOFFSETTO")).collect::<Vec<_>>();
        assert!(offsets("DAYLIGHT").iter().all(|offset| *offset == 3600), "{text}");
        assert!(offsets("STANDARD").iter().all(|offset| *offset == 0), "{text}");
    }
}

#[test]
fn any_range_is_taken() {
    let moments: [DateTime<Utc>; 3] = [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::UNIX_EPOCH, DateTime::<Utc>::MAX_UTC];
    for first in moments {
        for last in moments {
            let (text, component) = vtimezone(Tz::Africa__Casablanca, first.date_naive(), last.date_naive());
            assert!(!component.children.is_empty(), "{text}");
        }
    }
}
