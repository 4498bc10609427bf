//! Dates for people, in German and English, in the zone that they were given with.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate};

use crate::language::Language;

/// A span such as `Di., 17. Mai 2022, 18:00–20:00 Uhr`. The end of whole days is exclusive, as the schema gives it.
pub fn span(starts_at: &str, ends_at: Option<&str>, is_all_day: bool, language: Language) -> String {
    let Ok(start) = DateTime::parse_from_rfc3339(starts_at) else { return starts_at.to_owned() };
    let end = ends_at.and_then(|end| DateTime::parse_from_rfc3339(end).ok());
    if is_all_day {
        let first = start.date_naive();
        let last = end.and_then(|end| end.date_naive().checked_sub_days(Days::new(1))).filter(|last| *last > first);
        return match last {
            Some(last) => format!("{} – {}", day(first, language), day(last, language)),
            None => day(first, language),
        };
    }
    let begins = format!("{}, {}", day(start.date_naive(), language), start.format("%H:%M"));
    let clock = if language == Language::De { " Uhr" } else { "" };
    match end {
        Some(end) if end.date_naive() == start.date_naive() => format!("{begins}–{}{clock}", end.format("%H:%M")),
        Some(end) => format!("{begins}{clock} – {}, {}{clock}", day(end.date_naive(), language), end.format("%H:%M")),
        None => format!("{begins}{clock}"),
    }
}

/// The day of a moment, in its own offset.
pub fn day_of(at: &str, language: Language) -> String {
    DateTime::<FixedOffset>::parse_from_rfc3339(at).map_or_else(|_| at.to_owned(), |at| day(at.date_naive(), language))
}

/// The time of day of a moment, in its own offset.
pub fn time_of(at: &str) -> String {
    DateTime::parse_from_rfc3339(at).map_or_else(|_| at.to_owned(), |at| at.format("%H:%M").to_string())
}

fn day(date: NaiveDate, language: Language) -> String {
    let weekday = date.weekday().num_days_from_monday() as usize;
    let month = date.month0() as usize;
    match language {
        Language::De => format!("{}., {}. {} {}", WEEKDAYS_DE[weekday], date.day(), MONTHS_DE[month], date.year()),
        Language::En => format!("{} {} {} {}", WEEKDAYS_EN[weekday], date.day(), MONTHS_EN[month], date.year()),
    }
}

const WEEKDAYS_DE: [&str; 7] = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"];
const WEEKDAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS_DE: [&str; 12] =
    ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];
const MONTHS_EN: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_as_people_say_them() {
        let de = |start, end, all_day| span(start, end, all_day, Language::De);
        assert_eq!(de("2022-05-17T18:00:00+02:00", None, false), "Di., 17. Mai 2022, 18:00 Uhr");
        assert_eq!(de("2022-05-17T18:00:00+02:00", Some("2022-05-17T20:30:00+02:00"), false), "Di., 17. Mai 2022, 18:00–20:30 Uhr");
        assert_eq!(de("2019-06-28T00:00:00+02:00", Some("2019-06-30T00:00:00+02:00"), true), "Fr., 28. Juni 2019 – Sa., 29. Juni 2019");
        assert_eq!(de("2012-05-03T00:00:00+02:00", Some("2012-05-04T00:00:00+02:00"), true), "Do., 3. Mai 2012");
        assert_eq!(span("2022-05-17T18:00:00+02:00", None, false, Language::En), "Tue 17 May 2022, 18:00");
    }
}
