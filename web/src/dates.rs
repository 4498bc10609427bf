//! Days and times as people say them. Nothing is converted between zones, except instants that are no event's.

mod span;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;

use crate::language::Language;
use crate::words::Words;

pub use span::{Span, span};

/// A point in time: for machines, and in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// For `<time datetime>`.
    pub datetime: String,
    /// In words.
    pub text: String,
}

/// An instant with its offset, as the schema gives it.
pub fn parse(text: &str) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(text).ok()
}

/// A day with its weekday: `Di., 17. Mai 2022`.
pub fn weekday_and_day(day: NaiveDate, language: Language) -> String {
    let weekday = Words::of(language).of_value("weekday_short", &day.weekday().to_string());
    match language {
        Language::De => format!("{weekday}, {}", whole_day(day, language)),
        Language::En => format!("{weekday} {}", whole_day(day, language)),
    }
}

/// A day: `17. Mai 2022`.
pub fn whole_day(day: NaiveDate, language: Language) -> String {
    format!("{} {}", day_and_month(day, language), day.year())
}

/// A day of any year: `17. Mai`.
pub fn day_and_month(day: NaiveDate, language: Language) -> String {
    format!("{} {}", day_of_month(day, language), month(day.month(), language))
}

/// A day of any month: `17.`
pub fn day_of_month(day: NaiveDate, language: Language) -> String {
    match language {
        Language::De => format!("{}.", day.day()),
        Language::En => day.day().to_string(),
    }
}

/// A time of day, bare: `18:00`.
pub fn hour(at: &impl Timelike) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// A time of day in a sentence: `18:00 Uhr`.
pub fn hour_said(at: &impl Timelike, language: Language) -> String {
    match language {
        Language::De => format!("{} Uhr", hour(at)),
        Language::En => hour(at),
    }
}

/// An instant: `Di., 17. Mai 2022, 18:00 Uhr`.
pub fn instant(at: DateTime<FixedOffset>, language: Language) -> Moment {
    let text = format!("{}, {}", weekday_and_day(at.date_naive(), language), hour_said(&at, language));
    Moment { datetime: at.to_rfc3339(), text }
}

/// The day of an instant in a zone: `18. Mai 2022`.
pub fn day_in(at: DateTime<FixedOffset>, zone: &str, language: Language) -> Moment {
    let day = zone.parse::<Tz>().map_or_else(|_| at.date_naive(), |zone| at.with_timezone(&zone).date_naive());
    Moment { datetime: day.to_string(), text: whole_day(day, language) }
}

/// A day, month or year, as precisely as it is known.
pub fn partial(text: &str, language: Language) -> String {
    match text.len() {
        10 => text.parse().map_or_else(|_| text.to_owned(), |day| whole_day(day, language)),
        7 => format!("{text}-01")
            .parse::<NaiveDate>()
            .map_or_else(|_| text.to_owned(), |day| format!("{} {}", month(day.month(), language), day.year())),
        _ => text.to_owned(),
    }
}

/// Whether a date is over; one without an end is when its local day is.
pub fn is_over(start: DateTime<FixedOffset>, end: Option<DateTime<FixedOffset>>, now: DateTime<Utc>) -> bool {
    match end {
        Some(end) => end <= now,
        None => start.date_naive() < now.with_timezone(start.offset()).date_naive(),
    }
}

fn month(month: u32, language: Language) -> String {
    Words::of(language).of_value("month", &month.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<FixedOffset> {
        parse(text).unwrap()
    }

    #[test]
    fn an_instant_is_said_in_its_own_zone() {
        let evening = at("2022-05-17T18:00:00+02:00");
        assert_eq!(instant(evening, Language::De).text, "Di., 17. Mai 2022, 18:00 Uhr");
        assert_eq!(instant(evening, Language::En).text, "Tue 17 May 2022, 18:00");
        assert_eq!(instant(evening, Language::En).datetime, "2022-05-17T18:00:00+02:00");
    }

    #[test]
    fn what_was_published_after_midnight_was_published_that_day() {
        let published = at("2022-05-17T22:30:00Z");
        assert_eq!(day_in(published, "Europe/Berlin", Language::De), Moment { datetime: "2022-05-18".into(), text: "18. Mai 2022".into() });
        assert_eq!(day_in(published, "no zone", Language::En).text, "17 May 2022");
    }

    #[test]
    fn a_date_is_said_as_precisely_as_it_is_known() {
        assert_eq!(partial("2012-05-03", Language::De), "3. Mai 2012");
        assert_eq!(partial("2009-12", Language::De), "Dezember 2009");
        assert_eq!(partial("2009-12", Language::En), "December 2009");
        for as_it_is in ["2009", "2009-13", "2009-13-40", ""] {
            assert_eq!(partial(as_it_is, Language::De), as_it_is);
        }
    }

    #[test]
    fn without_an_end_a_date_is_over_when_its_day_is() {
        let start = at("2022-05-17T18:00:00+02:00");
        let now = |text: &str| at(text).to_utc();
        assert!(!is_over(start, None, now("2022-05-17T21:59:59Z")));
        assert!(is_over(start, None, now("2022-05-17T22:00:00Z")));
        assert!(is_over(start, Some(at("2022-05-17T20:00:00+02:00")), now("2022-05-17T18:00:00Z")));
    }
}
