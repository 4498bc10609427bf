//! A whole feed, and what is read back from it.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use ics::{Attendee, Calendar, Class, Component, Event, Method, Moment, ParseError, Participation, Person, Status, parse, render};

fn stamp() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(1_650_000_000)
}

fn at(text: &str, zone: Tz) -> Moment {
    Moment::Local { at: NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap_or_default(), zone }
}

fn day(text: &str) -> Moment {
    Moment::Day(text.parse::<NaiveDate>().unwrap_or_default())
}

fn berlin(text: &str) -> Moment {
    at(text, Tz::Europe__Berlin)
}

fn calendar<'a>(events: Vec<Event<'a>>) -> Calendar<'a> {
    Calendar { events, ..Calendar::new("-//Example//EN", "Events") }
}

fn read(file: &str) -> Result<Component, ParseError> {
    Ok(parse(file)?.pop().unwrap_or_default())
}

#[test]
fn a_full_event() {
    let event = Event {
        sequence: 2,
        created: Some(stamp()),
        last_modified: Some(stamp()),
        end: Some(berlin("2022-05-17 20:00")),
        language: Some("de".into()),
        description: Some("Erste Zeile\r\nZweite; Zeile".into()),
        location: Some("Rathaus, Saal 1".into()),
        geo: Some((52.520_008, 13.404_954)),
        url: Some("https://example.org/1".into()),
        categories: vec!["Musik".into(), "Tanz, Fest".into()],
        organizer: Some(Person { name: "Verein: \"Alle\"".into(), email: "verein@example.org".into() }),
        class: Some(Class::Public),
        conference: Some("https://meet.example.org/1".into()),
        image: Some("https://example.org/1.png".into()),
        related_to: Some("0@example.org".into()),
        ..Event::new("1@example.org", stamp(), berlin("2022-05-17 18:00"), "Konzert")
    };
    let file = render(&calendar(vec![event]));
    let (_, event) = file.split_once("BEGIN:VEVENT\r\n").unwrap_or_default();
    let expected = "UID:1@example.org\r\nDTSTAMP:20220415T052000Z\r\nCREATED:20220415T052000Z\r\nLAST-MODIFIED:20220415T052000Z\r\n\
        SEQUENCE:2\r\nDTSTART;TZID=Europe/Berlin:20220517T180000\r\nDTEND;TZID=Europe/Berlin:20220517T200000\r\n\
        SUMMARY;LANGUAGE=de:Konzert\r\nDESCRIPTION;LANGUAGE=de:Erste Zeile\\nZweite\\; Zeile\r\n\
        LOCATION;LANGUAGE=de:Rathaus\\, Saal 1\r\nGEO:52.520008;13.404954\r\nURL:https://example.org/1\r\n\
        CATEGORIES:Musik,Tanz\\, Fest\r\nSTATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\nCLASS:PUBLIC\r\n\
        CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://meet.example.org/1\r\n\
        IMAGE;VALUE=URI;DISPLAY=BADGE:https://example.org/1.png\r\nRELATED-TO:0@example.org\r\n\
        ORGANIZER;CN=\"Verein: ^'Alle^'\":mailto:verein@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    assert_eq!(event, expected);
}

#[test]
fn the_head() {
    let calendar = Calendar {
        description: Some("All; of them".into()),
        language: Some("en".into()),
        url: Some("https://example.org/".into()),
        source: Some("https://example.org/feed.ics".into()),
        zone: Some(Tz::Europe__Berlin),
        last_modified: Some(stamp()),
        ..calendar(Vec::new())
    };
    let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\nCALSCALE:GREGORIAN\r\nNAME;LANGUAGE=en:Events\r\n\
        X-WR-CALNAME:Events\r\nDESCRIPTION;LANGUAGE=en:All\\; of them\r\nX-WR-CALDESC:All\\; of them\r\n\
        X-WR-TIMEZONE:Europe/Berlin\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n\
        SOURCE;VALUE=URI:https://example.org/feed.ics\r\nURL:https://example.org/\r\nLAST-MODIFIED:20220415T052000Z\r\n\
        END:VCALENDAR\r\n";
    assert_eq!(render(&calendar), expected);
    let of = |refresh| render(&Calendar { refresh, ..calendar.clone() });
    assert!(of(TimeDelta::minutes(90)).contains("X-PUBLISHED-TTL:PT90M\r\n"));
    assert!(of(TimeDelta::seconds(90)).contains("X-PUBLISHED-TTL:PT90S\r\n"));
    assert!(of(TimeDelta::seconds(-1)).contains("X-PUBLISHED-TTL:PT0S\r\n"));
}

#[test]
fn an_all_day_event_without_end_has_none() {
    let file = render(&calendar(vec![Event::new("1@example.org", stamp(), day("2022-06-03"), "Fest")]));
    assert!(file.contains("DTSTART;VALUE=DATE:20220603\r\n"));
    assert!(!file.contains("DTEND") && !file.contains("VTIMEZONE"));
}

#[test]
fn a_series_with_exceptions() -> Result<(), ParseError> {
    let start = berlin("2022-10-18 18:00");
    let series = Event {
        rule: Some("freq=weekly;until=20221122".into()),
        except: vec![berlin("2022-11-08 18:00")],
        further: vec![berlin("2022-11-12 11:00"), berlin("2022-11-13 11:00")],
        ..Event::new("1@example.org", stamp(), start, "Chor")
    };
    let moved = Event {
        sequence: 1,
        status: Status::Cancelled,
        recurrence_id: Some(berlin("2022-11-01 18:00")),
        ..Event::new("1@example.org", stamp(), berlin("2022-11-02 19:30"), "Chor")
    };
    let read = read(&render(&calendar(vec![series, moved])))?;
    let events: Vec<&Component> = read.children_named("VEVENT").collect();
    assert_eq!(events[0].text("RRULE").as_deref(), Some("FREQ=WEEKLY;UNTIL=20221122T225959Z"));
    let moments = |event: &Component, name: &str| {
        let found = event.properties.iter().filter(|property| property.name == name);
        found.flat_map(|property| property.moments().unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(moments(events[0], "DTSTART"), [start]);
    assert_eq!(moments(events[0], "EXDATE"), [berlin("2022-11-08 18:00")]);
    assert_eq!(moments(events[0], "RDATE"), [berlin("2022-11-12 11:00"), berlin("2022-11-13 11:00")]);
    assert_eq!(moments(events[1], "RECURRENCE-ID"), [berlin("2022-11-01 18:00")]);
    assert_eq!(events[1].text("STATUS").as_deref(), Some("CANCELLED"));
    Ok(())
}

#[test]
fn every_zone_in_use_once_and_in_order() -> Result<(), ParseError> {
    let event = |zone| Event::new("1@example.org", stamp(), at("2022-05-17 18:00", zone), "Fest");
    let zones = [Tz::Europe__Berlin, Tz::UTC, Tz::Africa__Cairo, Tz::Europe__Berlin, Tz::America__Lima];
    let read = read(&render(&calendar(zones.into_iter().map(event).collect())))?;
    let named: Vec<_> = read.children_named("VTIMEZONE").filter_map(|zone| zone.text("TZID")).collect();
    assert_eq!(named, ["Africa/Cairo", "America/Lima", "Europe/Berlin"]);
    Ok(())
}

#[test]
fn a_series_has_its_zone_to_its_end() {
    let series = |rule: &'static str| {
        let start = at("2022-05-17 18:00", Tz::Africa__Casablanca);
        render(&calendar(vec![Event { rule: Some(rule.into()), ..Event::new("1@example.org", stamp(), start, "Fest") }]))
    };
    assert!(series("FREQ=YEARLY").contains("\r\nRDATE:2087"), "without end");
    let counted = series("FREQ=YEARLY;COUNT=10");
    assert!(counted.contains("\r\nRDATE:2030") && !counted.contains("\r\nRDATE:2032"), "{counted}");
    let limited = series("FREQ=YEARLY;UNTIL=20250517");
    assert!(limited.contains("\r\nRDATE:2025") && !limited.contains("\r\nRDATE:2026"), "{limited}");
}

#[test]
fn nobody_is_named_in_a_feed() {
    let person = Person { name: "Ada".into(), email: "ada@example.org".into() };
    let attendee = Attendee { person, participation: Participation::Tentative, rsvp: false };
    let event = Event { attendee: Some(attendee), ..Event::new("1@example.org", stamp(), day("2022-06-03"), "Fest") };
    let with = |method| render(&Calendar { method, ..calendar(vec![event.clone()]) });
    assert!(!with(None).contains("Ada") && !with(None).contains("METHOD"));
    assert!(!with(Some(Method::Publish)).contains("Ada"));
    let invitation = with(Some(Method::Request));
    assert!(invitation.contains("METHOD:REQUEST\r\n"));
    assert!(invitation.contains("ATTENDEE;CN=Ada;PARTSTAT=TENTATIVE;RSVP=FALSE:mailto:ada@example.org\r\n"));
}

#[test]
fn what_makes_no_sense_is_left_out() {
    let event = Event {
        rule: Some("FREQ=HOURLY".into()),
        geo: Some((f64::NAN, 200.0)),
        description: Some("".into()),
        categories: vec!["".into()],
        ..Event::new("1@example.org", stamp(), day("2022-06-03"), "Fest")
    };
    let file = render(&calendar(vec![event]));
    for name in ["RRULE", "GEO", "DESCRIPTION", "CATEGORIES"] {
        assert!(!file.contains(name), "{name}");
    }
}

#[test]
fn others_calendars_are_read() -> Result<(), ParseError> {
    let file = "\u{feff}BEGIN:vcalendar\nbegin:VEVENT\nsummary;language=\"de\":Ein\\, zwei \n \tdrei\nX-A;M=\"a:b\",c;N=^'x^':::y\n\n\
        DTSTART;TZID=Nowhere/Else:20220517T180000\nEXDATE:20220517T160000Z,20220518T160000Z\nBEGIN:X-OTHER\nEND:X-OTHER\nend:vevent\nEND:VCALENDAR";
    let read = read(file)?;
    let event = &read.children[0];
    assert_eq!(event.text("SUMMARY").as_deref(), Some("Ein, zwei \tdrei"));
    assert_eq!(event.property("X-A").map(|property| property.value.as_str()), Some("::y"));
    let params = event.property("X-A").map(|property| property.params.clone()).unwrap_or_default();
    assert_eq!(params, [("M".to_owned(), vec!["a:b".to_owned(), "c".to_owned()]), ("N".to_owned(), vec!["\"x\"".to_owned()])]);
    assert_eq!(event.property("DTSTART").and_then(|property| property.moments()), None);
    assert_eq!(event.property("EXDATE").and_then(|property| property.moments()).map(|moments| moments.len()), Some(2));
    assert_eq!(event.children[0].name, "X-OTHER");
    Ok(())
}

#[test]
fn what_is_no_calendar_is_refused() {
    let reason = |file: &str| parse(file).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(reason("BEGIN:VCALENDAR\nSUMMARY\nEND:VCALENDAR").starts_with("line 2 is not a property"));
    assert!(reason("BEGIN:VCALENDAR\n:x\nEND:VCALENDAR").starts_with("line 2 is not a property"));
    assert_eq!(reason("SUMMARY:x"), "line 1 is outside of any component");
    assert_eq!(reason("BEGIN:A\nEND:B"), "line 2 ends B, which is not open");
    assert_eq!(reason("BEGIN:A\n"), "A does not end");
    assert_eq!(reason(&"BEGIN:A\n".repeat(100_000)), "line 17 nests components too deeply");
    assert!(parse("").is_ok_and(|components| components.is_empty()));
}
