//! What a program could do at best: these properties and no others, written by hand in one pass into one `String`.

use std::fmt::Write;

use chrono::{Datelike, NaiveDateTime, Timelike};

use crate::data::Event;

const ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:STANDARD\r\nDTSTART:20211031T030000\r\nTZOFFSETFROM:+0200\r\n\
    TZOFFSETTO:+0100\r\nTZNAME:CET\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n\
    DTSTART:20220327T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n\
    END:DAYLIGHT\r\nEND:VTIMEZONE\r\n";

/// The whole calendar.
pub fn render(events: &[Event]) -> String {
    let mut out = String::with_capacity(events.len() * 1200);
    out.push_str("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\nCALSCALE:GREGORIAN\r\nNAME:Events\r\nX-WR-CALNAME:Events\r\n");
    out.push_str("REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n");
    out.push_str(ZONE);
    for event in events {
        out.push_str("BEGIN:VEVENT\r\n");
        plain(&mut out, "UID:", &event.uid);
        time(&mut out, "DTSTAMP:", event.stamp, "Z");
        time(&mut out, "CREATED:", event.stamp, "Z");
        time(&mut out, "LAST-MODIFIED:", event.stamp, "Z");
        let _ = write!(out, "SEQUENCE:{}\r\n", event.sequence);
        time(&mut out, "DTSTART;TZID=Europe/Berlin:", event.start, "");
        time(&mut out, "DTEND;TZID=Europe/Berlin:", event.end, "");
        text(&mut out, "SUMMARY;LANGUAGE=de:", &event.summary);
        text(&mut out, "DESCRIPTION;LANGUAGE=de:", &event.description);
        text(&mut out, "LOCATION;LANGUAGE=de:", &event.location);
        let _ = write!(out, "GEO:{:.6};{:.6}\r\n", event.latitude, event.longitude);
        plain(&mut out, "URL:", &event.url);
        out.push_str("CATEGORIES:");
        for (at, category) in event.categories.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            escape(&mut out, category);
        }
        out.push_str("\r\nSTATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\n");
        let _ = write!(out, "ORGANIZER;CN={}:mailto:{}\r\n", event.organizer, event.email);
        out.push_str("END:VEVENT\r\n");
    }
    out.push_str("END:VCALENDAR\r\n");
    out
}

fn time(out: &mut String, name: &str, at: NaiveDateTime, end: &str) {
    out.push_str(name);
    let two = |out: &mut String, number: u32| out.extend([number / 10 % 10, number % 10].map(|digit| char::from(b'0' + digit as u8)));
    let year = u32::try_from(at.year()).unwrap_or(0);
    two(out, year / 100);
    two(out, year % 100);
    two(out, at.month());
    two(out, at.day());
    out.push('T');
    two(out, at.hour());
    two(out, at.minute());
    two(out, at.second());
    out.push_str(end);
    out.push_str("\r\n");
}

fn plain(out: &mut String, name: &str, value: &str) {
    let from = out.len();
    out.push_str(name);
    out.push_str(value);
    fold(out, from);
}

fn text(out: &mut String, name: &str, value: &str) {
    let from = out.len();
    out.push_str(name);
    escape(out, value);
    fold(out, from);
}

fn escape(out: &mut String, value: &str) {
    let mut rest = value;
    while let Some(at) = rest.find(['\\', ';', ',', '\n', '\r']) {
        out.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'\n' => out.push_str("\\n"),
            b'\r' => {}
            special => out.extend(['\\', char::from(special)]),
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Breaks what was written since `from` into lines of 75 octets.
fn fold(out: &mut String, from: usize) {
    if out.len() - from > 75 {
        let line = out.split_off(from);
        let (mut rest, mut room) = (line.as_str(), 75);
        while rest.len() > room {
            let (head, tail) = rest.split_at(rest.floor_char_boundary(room));
            out.push_str(head);
            out.push_str("\r\n ");
            (rest, room) = (tail, 74);
        }
        out.push_str(rest);
    }
    out.push_str("\r\n");
}
