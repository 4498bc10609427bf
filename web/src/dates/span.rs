//! From when until when, said as shortly as it stays clear.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta, Timelike};

use super::{Moment, day_and_month, day_of_month, hour, hour_said, instant, weekday_and_day, whole_day};
use crate::language::Language;

/// An evening ends by this hour of the next day.
const LAST_HOUR_OF_AN_EVENING: u32 = 6;

/// A start, and an end with what stands between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The start.
    pub start: Moment,
    /// What stands between, and the end.
    pub end: Option<(&'static str, Moment)>,
}

/// Says from when until when. The end of what is all day is exclusive: the day before is said.
pub fn span(start: DateTime<FixedOffset>, end: Option<DateTime<FixedOffset>>, all_day: bool, language: Language) -> Span {
    let end = end.filter(|end| *end > start);
    match (all_day, end) {
        (true, end) => days(start.date_naive(), end.map_or(start.date_naive(), last_day), language),
        (false, None) => Span { start: instant(start, language), end: None },
        (false, Some(end)) => hours(start, end, language),
    }
}

fn hours(start: DateTime<FixedOffset>, end: DateTime<FixedOffset>, language: Language) -> Span {
    let (first, last) = (start.date_naive(), end.date_naive());
    let is_one_evening = first == last || (first.succ_opt() == Some(last) && end.hour() < LAST_HOUR_OF_AN_EVENING);
    if !is_one_evening {
        return Span { start: instant(start, language), end: Some((" – ", instant(end, language))) };
    }
    let begins = Moment { datetime: start.to_rfc3339(), text: format!("{}, {}", weekday_and_day(first, language), hour(&start)) };
    Span { start: begins, end: Some(("–", Moment { datetime: end.to_rfc3339(), text: hour_said(&end, language) })) }
}

fn days(first: NaiveDate, last: NaiveDate, language: Language) -> Span {
    let moment = |day: NaiveDate, text: String| Moment { datetime: day.to_string(), text };
    if last <= first {
        return Span { start: moment(first, weekday_and_day(first, language)), end: None };
    }
    let (between, start) = match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) => ("–", day_of_month(first, language)),
        (true, false) => (" – ", day_and_month(first, language)),
        (false, _) => (" – ", whole_day(first, language)),
    };
    Span { start: moment(first, start), end: Some((between, moment(last, whole_day(last, language)))) }
}

fn last_day(end: DateTime<FixedOffset>) -> NaiveDate {
    end.checked_sub_signed(TimeDelta::nanoseconds(1)).unwrap_or(end).date_naive()
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn said(start: &str, end: &str, all_day: bool, language: Language) -> String {
        let Span { start, end } = span(parse(start).unwrap(), parse(end), all_day, language);
        end.map_or(start.text.clone(), |(between, end)| format!("{}{between}{}", start.text, end.text))
    }

    #[test]
    fn an_evening_is_said_with_its_hours() {
        let of = |end, language| said("2022-05-17T18:00:00+02:00", end, false, language);
        assert_eq!(of("", Language::De), "Di., 17. Mai 2022, 18:00 Uhr");
        assert_eq!(of("2022-05-17T20:30:00+02:00", Language::De), "Di., 17. Mai 2022, 18:00–20:30 Uhr");
        assert_eq!(of("2022-05-17T20:30:00+02:00", Language::En), "Tue 17 May 2022, 18:00–20:30");
        assert_eq!(of("2022-05-18T02:00:00+02:00", Language::De), "Di., 17. Mai 2022, 18:00–02:00 Uhr");
        assert_eq!(of("2022-05-18T12:00:00+02:00", Language::De), "Di., 17. Mai 2022, 18:00 Uhr – Mi., 18. Mai 2022, 12:00 Uhr");
        assert_eq!(of("2022-05-17T17:00:00+02:00", Language::De), "Di., 17. Mai 2022, 18:00 Uhr", "an end before the start says nothing");
    }

    #[test]
    fn whole_days_end_on_the_day_before_their_end() {
        let of = |end, language| said("2022-05-17T00:00:00+02:00", end, true, language);
        assert_eq!(of("", Language::De), "Di., 17. Mai 2022");
        assert_eq!(of("2022-05-18T00:00:00+02:00", Language::De), "Di., 17. Mai 2022");
        assert_eq!(of("2022-05-21T00:00:00+02:00", Language::De), "17.–20. Mai 2022");
        assert_eq!(of("2022-05-21T00:00:00+02:00", Language::En), "17–20 May 2022");
        assert_eq!(of("2022-06-03T00:00:00+02:00", Language::De), "17. Mai – 2. Juni 2022");
        assert_eq!(of("2023-01-02T00:00:00+01:00", Language::En), "17 May 2022 – 1 January 2023");
    }

    #[test]
    fn the_day_of_a_change_of_clocks_is_one_day() {
        assert_eq!(said("2022-10-30T00:00:00+02:00", "2022-10-31T00:00:00+01:00", true, Language::En), "Sun 30 October 2022");
    }
}
