//! Whatever stands in a file, it is read or refused: no panic, and no time without end.
#![no_main]

use chrono::{DateTime, TimeDelta, Utc};
use ics::{Component, Moment, Rule, expand, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    if let Ok(components) = parse(&text) {
        components.iter().for_each(look_at);
    }
    follow(&text, &Moment::Utc(DateTime::UNIX_EPOCH));
});

fn look_at(component: &Component) {
    let start = component.property("DTSTART").and_then(|property| property.moments()?.first().copied());
    for property in &component.properties {
        let _ = (property.text(), property.text_list(), property.moments(), property.param("TZID"));
        if let Some(start) = start.filter(|_| property.name == "RRULE") {
            follow(&property.value, &start);
        }
    }
    component.children.iter().for_each(look_at);
}

fn follow(rule: &str, start: &Moment) {
    let Ok(rule) = Rule::parse(rule) else { return };
    assert_eq!(Rule::parse(rule.as_str()).as_ref(), Ok(&rule));
    let until: DateTime<Utc> = start.instant().checked_add_signed(TimeDelta::days(1000)).unwrap_or(DateTime::<Utc>::MAX_UTC);
    let _ = (expand(&rule, start, DateTime::<Utc>::MIN_UTC, until, 100), rule.last_day(start), rule.written_for(start));
}
