//! A calendar file, as RFC 5545 and its parser see it.

use std::collections::BTreeSet;

use calcard::icalendar::{ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty as Property, ICalendarStatus};
use calcard::{Entry, Parser};
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
        let mut parser = Parser::new(text).strict();
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
        let expanded = self.read.expand_dates(calcard::common::timezone::Tz::Tz(chrono_tz::Europe::Berlin), 20_000);
        assert!(expanded.errors.is_empty(), "{}: {:?}", self.address, expanded.errors);
        let until = instant("2032-12-31T00:00:00Z").timestamp();
        let mut dates: Vec<(String, i64)> = expanded
            .events
            .iter()
            .map(|date| (&self.read.components[date.comp_id as usize], date.timestamps().0))
            .filter(|(event, at)| event.status().is_none_or(|status| *status != ICalendarStatus::Cancelled) && *at < until)
            .map(|(event, at)| (self.text_of(event, &Property::Url), at))
            .collect();
        dates.sort_by_key(|(url, at)| (*at, url.clone()));
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
