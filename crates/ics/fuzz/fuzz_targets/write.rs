//! Whatever an event says, it comes back as it was, and adds no line of its own.
#![no_main]

use chrono::DateTime;
use ics::{Calendar, Event, Moment, Person, parse, render};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut calendar = Calendar::new(text, text);
    let field = || Some(text.into());
    calendar.events.push(Event {
        rule: field(),
        language: field(),
        description: field(),
        alt_description: field(),
        location: field(),
        url: field(),
        categories: vec![text.into()],
        organizer: Some(Person { name: text.into(), email: text.into() }),
        image: field(),
        ..Event::new(text, DateTime::UNIX_EPOCH, Moment::Utc(DateTime::UNIX_EPOCH), text)
    });
    let file = render(&calendar);
    assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
    let read = parse(&file).expect("what is written can be read");
    let events: Vec<_> = read[0].children_named("VEVENT").collect();
    assert_eq!((read.len(), events.len(), read[0].children.len()), (1, 1, 1));
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let kept: String = lines.chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect();
    assert_eq!(events[0].text("SUMMARY").unwrap_or_default(), kept);
});
