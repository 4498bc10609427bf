//! Any text in any field comes back as it was, and adds nothing else.

use calcard::icalendar::{ICalendarComponentType, ICalendarProperty};
use chrono::{DateTime, NaiveDate};
use chrono_tz::Europe::Berlin;
use ical::IcalParser;
use ics::{Attendee, Calendar, Event, Method, Moment, Participation, Person, Writer, parse, render, unescape_text};
use proptest::prelude::*;

/// What remains of a text: each kind of line break is one `\n`, and controls are gone but for tabs.
fn normal(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    lines.chars().filter(|character| !character.is_control() || matches!(character, '\n' | '\t')).collect()
}

/// Text of all kinds, with what is special in iCalendar more often than chance has it.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[ -~]{0,80}",
        "[ \\t\u{a0}\u{3000}]{0,90}",
        "[\u{600}-\u{6ff}🎉👩‍🌾äß ]{0,60}",
        proptest::sample::select(vec![
            "\r\n",
            "\n",
            "\r",
            "\\",
            "\\n",
            ";",
            ",",
            ":",
            "\"",
            "^",
            "^n",
            "\u{2028}",
            "\u{85}",
            "\u{0}",
            "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n",
            "\nEND:VCALENDAR\n",
            "=",
            " ",
            "\u{feff}",
            "\u{202e}",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn physical_lines_are_sound(file: &str) -> Result<(), TestCaseError> {
    prop_assert!(file.ends_with("\r\n"));
    for line in file.split_terminator("\r\n") {
        prop_assert!(line.len() <= 75, "{} octets: {line}", line.len());
        prop_assert!(!line.contains(['\r', '\n']));
    }
    Ok(())
}

proptest! {
    #[test]
    fn text_comes_back(text in any_text()) {
        let mut writer = Writer::new();
        writer.begin("VCALENDAR");
        writer.text_with("NAME", &[("X-NOTE", &text)], &text);
        writer.text_list("CATEGORIES", [text.as_str(), "b", &text]);
        writer.end("VCALENDAR");
        let file = writer.finish();
        physical_lines_are_sound(&file)?;
        let read = parse(&file).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(read.len(), 1);
        prop_assert_eq!(read[0].properties.len(), 2);
        let name = &read[0].properties[0];
        prop_assert_eq!(name.text(), normal(&text));
        let expected = normal(&text);
        prop_assert_eq!(name.param("X-NOTE"), Some(expected.as_str()));
        let list = read[0].properties[1].text_list();
        prop_assert_eq!(list, [normal(&text), "b".to_owned(), normal(&text)]);
    }

    /// The bare `ical` crate takes white space at the end and colons at the beginning of a value away, and white space
    /// that fills a whole line; apart from that it reads the same.
    #[test]
    fn the_ical_crate_reads_the_same(text in any_text()) {
        let mut writer = Writer::new();
        writer.begin("VCALENDAR");
        writer.text("NAME", &text);
        writer.end("VCALENDAR");
        let file = writer.finish();
        let calendar = IcalParser::new(file.as_bytes()).next();
        let Some(Ok(calendar)) = calendar else { return Err(TestCaseError::fail("not read")) };
        prop_assert_eq!(calendar.properties.len(), 1);
        let value = calendar.properties[0].value.clone().unwrap_or_default();
        let short_spaces = !file.split("\r\n").any(|line| line.len() > 1 && line.trim().is_empty());
        if short_spaces {
            let expected = normal(&text);
            let expected = expected.trim_start_matches(':');
            let found = unescape_text(&value);
            prop_assert_eq!(found.trim_end(), expected.trim_end());
        }
    }

    /// A parser of another house, which trims values where they are nothing but white space.
    #[test]
    fn a_parser_that_shares_no_code_with_ours_reads_the_same(text in any_text()) {
        let mut calendar = Calendar::new("-//Example//EN", "Events");
        calendar.events.push(Event::new("1@example.org", DateTime::UNIX_EPOCH, Moment::Utc(DateTime::UNIX_EPOCH), &text));
        let file = render(&calendar);
        let calcard::Entry::ICalendar(read) = calcard::Parser::new(&file).entry() else { return Err(TestCaseError::fail("not read")) };
        let events: Vec<_> = read.components.iter().filter(|one| one.component_type == ICalendarComponentType::VEvent).collect();
        prop_assert_eq!(events.len(), 1);
        let found = events[0].property(&ICalendarProperty::Summary).and_then(|entry| entry.values.first()?.as_text());
        let expected = normal(&text);
        prop_assert_eq!(found.unwrap_or_default().trim(), expected.trim());
    }

    #[test]
    fn no_field_adds_a_line(text in any_text(), invites: bool) {
        let start = Moment::Local { at: NaiveDate::default().and_time(Default::default()), zone: Berlin };
        let person = Person { name: text.as_str().into(), email: text.as_str().into() };
        let field = || Some(text.as_str().into());
        let event = Event {
            rule: field(),
            language: field(),
            description: field(),
            location: field(),
            url: field(),
            categories: vec![text.as_str().into(), "b".into()],
            organizer: Some(person.clone()),
            attendee: Some(Attendee { person, participation: Participation::Accepted, rsvp: true }),
            conference: field(),
            image: field(),
            related_to: field(),
            ..Event::new(&text, DateTime::UNIX_EPOCH, start, &text)
        };
        let mut calendar = Calendar::new(&text, &text);
        (calendar.description, calendar.language, calendar.url, calendar.source) = (field(), field(), field(), field());
        calendar.method = invites.then_some(Method::Request);
        calendar.events = vec![event.clone(), event];
        let file = render(&calendar);
        physical_lines_are_sound(&file)?;
        prop_assert_eq!(file.matches("\r\nBEGIN:VEVENT\r\n").count(), 2);
        prop_assert_eq!(file.matches("\r\nATTENDEE").count(), if invites { 2 } else { 0 });
        let read = parse(&file).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(read.len(), 1);
        let children: Vec<&str> = read[0].children.iter().map(|child| child.name.as_str()).collect();
        prop_assert_eq!(children, ["VTIMEZONE", "VEVENT", "VEVENT"]);
        for event in read[0].children_named("VEVENT") {
            prop_assert_eq!(event.children.len(), 0);
            prop_assert_eq!(event.text("SUMMARY").unwrap_or_default(), normal(&text));
        }
    }

    #[test]
    fn anything_is_read_or_refused(text in any_text()) {
        let _ = parse(&text);
        let _ = parse(&format!("BEGIN:A\n{text}\nEND:A"));
        let _ = unescape_text(&text);
    }
}
