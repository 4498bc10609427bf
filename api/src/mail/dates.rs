//! Days and times as a mail says them: whole words, in the zone of what they are of.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};
use chrono_tz::{OffsetName, Tz};

use super::words::Language;

/// An evening ends by this hour of the next day.
const LAST_HOUR_OF_AN_EVENING: u32 = 6;

/// A day: `Dienstag, 17. Mai 2022`.
#[must_use]
pub fn day(day: NaiveDate, language: Language) -> String {
    format!("{} {}", weekday_day_month(day, language), day.year())
}

/// An instant: `Dienstag, 17. Mai 2022, 18:00 Uhr`.
#[must_use]
pub fn instant(at: DateTime<Utc>, zone: Tz, language: Language) -> String {
    let at = at.with_timezone(&zone);
    format!("{}, {}", day(at.date_naive(), language), hour_said(&at, language))
}

/// From when until when: `Dienstag, 17. Mai 2022, 18:00–20:00 Uhr`. The end of what is all day is exclusive: the day before is
/// said.
#[must_use]
pub fn span(start: DateTime<Utc>, end: Option<DateTime<Utc>>, zone: Tz, is_all_day: bool, language: Language) -> String {
    let end = end.filter(|end| *end > start);
    match (is_all_day, end) {
        (true, None) => day(start.with_timezone(&zone).date_naive(), language),
        (true, Some(end)) => {
            let last = end.checked_sub_signed(TimeDelta::nanoseconds(1)).unwrap_or(end);
            days(start.with_timezone(&zone).date_naive(), last.with_timezone(&zone).date_naive(), language)
        }
        (false, None) => instant(start, zone, language),
        (false, Some(end)) => hours(start, end, zone, language),
    }
}

/// What the clocks show in a zone at an instant, for who is elsewhere: `MESZ, UTC+2`.
#[must_use]
pub fn zone_said(at: DateTime<Utc>, zone: Tz, language: Language) -> String {
    let at = at.with_timezone(&zone);
    let minutes = chrono::Offset::fix(at.offset()).local_minus_utc() / 60;
    let sign = if minutes < 0 { '\u{2212}' } else { '+' };
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    let offset = match (hours, rest) {
        (0, 0) => "UTC".to_owned(),
        (_, 0) => format!("UTC{sign}{hours}"),
        _ => format!("UTC{sign}{hours}:{rest:02}"),
    };
    let name = match (at.offset().abbreviation(), language) {
        (Some("CET"), Language::De) => Some("MEZ"),
        (Some("CEST"), Language::De) => Some("MESZ"),
        // Zones without letters of their own have their offset for a name.
        (Some(name), _) if name.starts_with(|letter: char| letter.is_alphabetic()) && name != offset => Some(name),
        _ => None,
    };
    name.map_or_else(|| offset.clone(), |name| format!("{name}, {offset}"))
}

fn hours(start: DateTime<Utc>, end: DateTime<Utc>, zone: Tz, language: Language) -> String {
    let (starts, ends) = (start.with_timezone(&zone), end.with_timezone(&zone));
    let (first, last) = (starts.date_naive(), ends.date_naive());
    let is_one_evening = first == last || (first.succ_opt() == Some(last) && ends.hour() < LAST_HOUR_OF_AN_EVENING);
    if is_one_evening {
        return format!("{}, {}–{}", day(first, language), hour(&starts), hour_said(&ends, language));
    }
    format!("{} – {}", instant(start, zone, language), instant(end, zone, language))
}

fn days(first: NaiveDate, last: NaiveDate, language: Language) -> String {
    if last <= first {
        return day(first, language);
    }
    let start = if first.year() == last.year() { weekday_day_month(first, language) } else { day(first, language) };
    format!("{start} – {}", day(last, language))
}

fn weekday_day_month(day: NaiveDate, language: Language) -> String {
    let weekday = day.weekday().num_days_from_monday() as usize;
    let month = day.month0() as usize;
    let named = |names: &[&'static str], at: usize| names.get(at).copied().unwrap_or_default();
    match language {
        Language::De => format!("{}, {}. {}", named(&WEEKDAYS_DE, weekday), day.day(), named(&MONTHS_DE, month)),
        Language::En => format!("{}, {} {}", named(&WEEKDAYS_EN, weekday), day.day(), named(&MONTHS_EN, month)),
    }
}

fn hour(at: &impl Timelike) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

fn hour_said(at: &impl Timelike, language: Language) -> String {
    match language {
        Language::De => format!("{} Uhr", hour(at)),
        Language::En => hour(at),
    }
}

const WEEKDAYS_DE: [&str; 7] = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];
const WEEKDAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS_DE: [&str; 12] =
    ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];
const MONTHS_EN: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

#[cfg(test)]
mod tests {
    use super::*;

    const ZONE: Tz = Tz::Europe__Berlin;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn said(start: &str, end: &str, is_all_day: bool, language: Language) -> String {
        span(at(start), end.parse().ok(), ZONE, is_all_day, language)
    }

    #[test]
    fn an_instant_is_said_in_the_zone_of_the_event() {
        assert_eq!(instant(at("2022-05-17T16:00:00Z"), ZONE, Language::De), "Dienstag, 17. Mai 2022, 18:00 Uhr");
        assert_eq!(instant(at("2022-05-17T16:00:00Z"), ZONE, Language::En), "Tuesday, 17 May 2022, 18:00");
        assert_eq!(instant(at("2022-12-31T23:30:00Z"), ZONE, Language::De), "Sonntag, 1. Januar 2023, 00:30 Uhr");
    }

    #[test]
    fn an_evening_is_said_with_its_hours() {
        let of = |end| said("2022-05-17T16:00:00Z", end, false, Language::De);
        assert_eq!(of(""), "Dienstag, 17. Mai 2022, 18:00 Uhr");
        assert_eq!(of("2022-05-17T18:00:00Z"), "Dienstag, 17. Mai 2022, 18:00–20:00 Uhr");
        assert_eq!(of("2022-05-18T00:00:00Z"), "Dienstag, 17. Mai 2022, 18:00–02:00 Uhr");
        assert_eq!(of("2022-05-18T10:00:00Z"), "Dienstag, 17. Mai 2022, 18:00 Uhr – Mittwoch, 18. Mai 2022, 12:00 Uhr");
        assert_eq!(of("2022-05-17T15:00:00Z"), "Dienstag, 17. Mai 2022, 18:00 Uhr", "an end before the start says nothing");
        assert_eq!(said("2022-05-17T16:00:00Z", "2022-05-17T18:00:00Z", false, Language::En), "Tuesday, 17 May 2022, 18:00–20:00");
    }

    #[test]
    fn whole_days_end_on_the_day_before_their_end() {
        let of = |end| said("2022-10-28T22:00:00Z", end, true, Language::De);
        assert_eq!(of(""), "Samstag, 29. Oktober 2022");
        assert_eq!(of("2022-10-29T22:00:00Z"), "Samstag, 29. Oktober 2022");
        assert_eq!(of("2022-10-30T23:00:00Z"), "Samstag, 29. Oktober – Sonntag, 30. Oktober 2022", "the night when clocks change");
        assert_eq!(of("2023-01-01T23:00:00Z"), "Samstag, 29. Oktober 2022 – Sonntag, 1. Januar 2023");
    }

    #[test]
    fn who_is_elsewhere_is_told_what_the_clocks_show() {
        let of = |zone: Tz, language| zone_said(at("2022-05-17T16:00:00Z"), zone, language);
        assert_eq!(of(ZONE, Language::De), "MESZ, UTC+2");
        assert_eq!(of(ZONE, Language::En), "CEST, UTC+2");
        assert_eq!(of(Tz::Asia__Tehran, Language::De), "UTC+4:30");
        assert_eq!(of(Tz::UTC, Language::De), "UTC");
        assert_eq!(of(Tz::America__Caracas, Language::En), "UTC−4");
    }
}
