//! A calendar file, as RFC 5545 and its parser see it.

use std::collections::BTreeSet;

use calcard::common::timezone::Tz;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarParameterName, ICalendarProperty as Property, ICalendarStatus,
};
use calcard::{Entry, Parser};
use chrono_tz::Europe::Berlin as BERLIN;
use miso_tests::world::instant;

/// What an address gave, read.
pub struct Calendar {
    /// Where it comes from.
    pub address: String,
    /// Its bytes.
    pub text: String,
    read: ICalendar,
}

impl Calendar {
    /// Reads a file with one calendar and nothing after it.
    pub fn read(address: &str, text: &str) -> Self {
        // Its strict mode refuses every calendar that has something in it.
        let mut parser = Parser::new(text);
        let read = match parser.entry() {
            Entry::ICalendar(calendar) => calendar,
            other => panic!("{address}: {other:?}\n{text}"),
        };
        assert!(matches!(parser.entry(), Entry::Eof), "{address}: something follows the calendar");
        Self { address: address.to_owned(), text: text.to_owned(), read }
    }

    /// Its lines, unfolded.
    pub fn unfolded(&self) -> impl Iterator<Item = String> {
        self.text.replace("\r\n ", "").replace("\r\n\t", "").split("\r\n").map(str::to_owned).collect::<Vec<_>>().into_iter()
    }

    /// Whether it has this line.
    pub fn has_line(&self, line: &str) -> bool {
        self.unfolded().any(|own| own == line)
    }

    /// Its events, overrides among them.
    pub fn events(&self) -> impl Iterator<Item = &ICalendarComponent> {
        self.read.components.iter().filter(|component| component.component_type == ICalendarComponentType::VEvent)
    }

    /// The page of every event, with its UID.
    pub fn uids_by_url(&self) -> Vec<(String, String)> {
        self.events().map(|event| (self.text_of(event, &Property::Url), self.text_of(event, &Property::Uid))).collect()
    }

    /// Every date that takes place in the next ten years, as the parser reckons it, with its event's page; in order.
    pub fn dates(&self) -> Vec<(String, i64)> {
        let uids: BTreeSet<String> = self.events().map(|event| self.text_of(event, &Property::Uid)).collect();
        let mut dates: Vec<(String, i64)> = uids.iter().flat_map(|uid| self.dates_of(uid)).collect();
        dates.sort_by_key(|(url, at)| (*at, url.clone()));
        dates
    }

    /// The dates of one event. The parser takes overrides for another event's, or for none where their SEQUENCE is their own, so
    /// that each event is shown to it alone and without.
    fn dates_of(&self, uid: &str) -> Vec<(String, i64)> {
        let mut alone = self.read.clone();
        for component in alone.components.iter_mut().filter(|component| component.component_type == ICalendarComponentType::VEvent) {
            component.entries.retain(|entry| entry.name != Property::Sequence);
            if component.uid() != Some(uid) {
                component.component_type = ICalendarComponentType::Other("X-NOT-ASKED-FOR".to_owned());
            }
        }
        let expanded = alone.expand_dates(Tz::Tz(BERLIN), 20_000);
        assert!(expanded.errors.is_empty(), "{}: {:?}", self.address, expanded.errors);
        let overrides = |component: &&ICalendarComponent| component.uid() == Some(uid) && component.has_property(&Property::RecurrenceId);
        let replaced: BTreeSet<i64> = alone.components.iter().filter(overrides).filter_map(recurrence_id).collect();
        let until = instant("2032-12-31T00:00:00Z").timestamp();
        let dates = expanded.events.iter().map(|date| (&alone.components[date.comp_id as usize], date.timestamps().0));
        let mut dates: Vec<(String, i64)> = dates
            .filter(|(event, at)| *at < until && (event.has_property(&Property::RecurrenceId) || !replaced.contains(at)))
            .filter(|(event, _)| event.status().is_none_or(|status| *status != ICalendarStatus::Cancelled))
            .map(|(event, at)| (self.text_of(event, &Property::Url), at))
            .collect();
        // The first of irregular dates is named twice, and there once (RFC 5545 section 3.8.5.2); the parser does not reckon so.
        dates.sort_by_key(|(_, at)| *at);
        dates.dedup();
        dates
    }

    /// Fails where a line of `promises.md` about the form of calendars is not kept.
    pub fn assert_sound(&self) {
        self.assert_lines();
        let mut seen = BTreeSet::new();
        for event in self.events() {
            for required in [Property::Uid, Property::Dtstamp, Property::Dtstart, Property::Summary, Property::Sequence, Property::Url] {
                assert!(event.has_property(&required), "{}: no {required:?} in {event:?}", self.address);
            }
            assert!(!event.has_property(&Property::Attendee), "{}", self.address);
            assert!(!(event.has_property(&Property::Rrule) && event.has_property(&Property::RecurrenceId)), "{}", self.address);
            let recurrence = event.property(&Property::RecurrenceId).map(|entry| format!("{:?}", entry.values));
            assert!(seen.insert((self.text_of(event, &Property::Uid), recurrence)), "{}: twice the same {event:?}", self.address);
        }
        self.assert_zones();
        let _ = self.dates();
    }

    /// Lines end in CRLF, have 75 octets at the most, break no letter, and hold no control character.
    fn assert_lines(&self) {
        assert!(self.text.ends_with("END:VCALENDAR\r\n"), "{}", self.address);
        for line in self.text.split_terminator("\r\n") {
            assert!(line.len() <= 75, "{}: {} octets in {line}", self.address, line.len());
            assert!(!line.is_empty(), "{}: an empty line", self.address);
            assert!(line.chars().all(|letter| !letter.is_control() || letter == '\t'), "{}: {line:?}", self.address);
        }
        for line in self.unfolded() {
            if line.starts_with("DTSTAMP") || line.starts_with("CREATED") || line.starts_with("LAST-MODIFIED") {
                assert!(line.ends_with('Z'), "{}: {line}", self.address);
            }
            if let Some((_, until)) = line.split_once("UNTIL=") {
                let until = until.split(';').next().unwrap_or_default();
                assert!(until.ends_with('Z') || until.len() == 8, "{}: {line}", self.address);
            }
        }
    }

    /// Every zone that is named is described.
    fn assert_zones(&self) {
        let described: BTreeSet<String> = self.unfolded().filter_map(|line| line.strip_prefix("TZID:").map(str::to_owned)).collect();
        for line in self.unfolded() {
            if let Some((_, rest)) = line.split_once(";TZID=") {
                let zone = rest.split([':', ';']).next().unwrap_or_default();
                assert!(described.contains(zone), "{}: no VTIMEZONE for {zone}", self.address);
            }
        }
    }

    fn text_of(&self, event: &ICalendarComponent, property: &Property) -> String {
        let value = event.property(property).and_then(|entry| entry.values.first());
        let text = value.map(|value| match value {
            calcard::icalendar::ICalendarValue::Uri(calcard::icalendar::Uri::Location(address)) => address.clone(),
            other => other.as_text().unwrap_or_default().to_owned(),
        });
        text.unwrap_or_else(|| panic!("{}: no {property:?} in {event:?}", self.address))
    }
}

/// Which date an override replaces.
fn recurrence_id(event: &ICalendarComponent) -> Option<i64> {
    let entry = event.property(&Property::RecurrenceId)?;
    let zone = entry.parameter(&ICalendarParameterName::Tzid).and_then(|zone| zone.as_text()?.parse().ok()).unwrap_or(BERLIN);
    let date = entry.values.first()?.as_partial_date_time()?;
    date.to_date_time_with_tz(Tz::Tz(zone)).map(|date| date.timestamp())
}

/// A weekly course of three dates: the second was moved by a day, the third is off.
const EXAMPLE: &str = "BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:course@miso.example
DTSTAMP:20220518T080000Z
SEQUENCE:0
DTSTART;TZID=Europe/Berlin:20221025T180000
RRULE:FREQ=WEEKLY;COUNT=3
SUMMARY:Kurs\\, Teil
  eins
URL:https://miso.example/events/course
END:VEVENT
BEGIN:VEVENT
UID:course@miso.example
RECURRENCE-ID;TZID=Europe/Berlin:20221101T180000
DTSTAMP:20220518T080000Z
SEQUENCE:1
DTSTART;TZID=Europe/Berlin:20221102T180000
SUMMARY:Kurs
URL:https://miso.example/events/course
END:VEVENT
BEGIN:VEVENT
UID:course@miso.example
RECURRENCE-ID;TZID=Europe/Berlin:20221108T180000
DTSTAMP:20220518T080000Z
SEQUENCE:1
STATUS:CANCELLED
DTSTART;TZID=Europe/Berlin:20221108T180000
SUMMARY:Kurs
URL:https://miso.example/events/course
END:VEVENT
END:VCALENDAR
";

#[test]
fn the_parser_reckons_dates_as_they_are_meant() {
    let calendar = Calendar::read("an example", &EXAMPLE.replace('\n', "\r\n"));
    calendar.assert_sound();
    let starts: Vec<i64> = calendar.dates().into_iter().map(|(_, at)| at).collect();
    assert_eq!(starts, ["2022-10-25T16:00:00Z", "2022-11-02T17:00:00Z"].map(|at| instant(at).timestamp()));
    assert!(calendar.has_line("SUMMARY:Kurs\\, Teil eins"));
    let unsound = EXAMPLE.replace("SEQUENCE:0\n", "").replace('\n', "\r\n");
    assert!(std::panic::catch_unwind(|| Calendar::read("an example", &unsound).assert_sound()).is_err());
}
