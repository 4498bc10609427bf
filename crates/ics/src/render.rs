//! How a calendar is written.

mod values;
mod zones;

use chrono::{DateTime, Utc};

use crate::model::{Attendee, Calendar, Event, Method, Person};
use crate::{Rule, Writer, write_vtimezone};
use values::{class_value, duration_value, geo_value, method_value, participation_value, status_value};
use zones::zones;

/// What an event takes, roughly.
const OCTETS: usize = 768;

/// Writes a calendar object: its properties, one `VTIMEZONE` for every zone in use, and the events.
///
/// Equal calendars give equal bytes. Empty texts are left out.
#[must_use]
pub fn render(calendar: &Calendar<'_>) -> String {
    let rules: Vec<Option<Rule>> = calendar.events.iter().map(rule_of).collect();
    let mut writer = Writer::with_capacity(OCTETS * (calendar.events.len() + 2));
    writer.begin("VCALENDAR");
    write_head(&mut writer, calendar);
    for zone in zones(calendar.events.iter().zip(&rules)) {
        write_vtimezone(&mut writer, zone.zone, zone.first, zone.last);
    }
    let invites = invites(calendar);
    for (event, rule) in calendar.events.iter().zip(&rules) {
        writer.begin("VEVENT");
        write_times(&mut writer, event, rule.as_ref());
        write_texts(&mut writer, event);
        write_people(&mut writer, event, invites);
        writer.end("VEVENT");
    }
    writer.end("VCALENDAR");
    writer.finish()
}

/// Whether it is a message to somebody (RFC 5546), and no calendar.
fn invites(calendar: &Calendar<'_>) -> bool {
    calendar.method.is_some_and(|method| method != Method::Publish)
}

fn write_head(writer: &mut Writer, calendar: &Calendar<'_>) {
    writer.token("VERSION", "2.0");
    writer.text("PRODID", &calendar.prod_id);
    writer.token("CALSCALE", "GREGORIAN");
    if let Some(method) = calendar.method {
        writer.token("METHOD", method_value(method));
    }
    // A message is nothing to subscribe to.
    if invites(calendar) {
        return;
    }
    let language = Language::of(calendar.language.as_deref());
    language.text(writer, "NAME", Some(&calendar.name));
    text(writer, "X-WR-CALNAME", Some(&calendar.name));
    language.text(writer, "DESCRIPTION", calendar.description.as_deref());
    text(writer, "X-WR-CALDESC", calendar.description.as_deref());
    if let Some(zone) = calendar.zone {
        writer.text("X-WR-TIMEZONE", zone.name());
    }
    let refresh = duration_value(calendar.refresh);
    writer.raw_with("REFRESH-INTERVAL", &[("VALUE", "DURATION")], &refresh);
    writer.raw("X-PUBLISHED-TTL", &refresh);
    uri(writer, "SOURCE", &[("VALUE", "URI")], calendar.source.as_deref());
    uri(writer, "URL", &[], calendar.url.as_deref());
    if let Some(last_modified) = calendar.last_modified {
        writer.utc("LAST-MODIFIED", last_modified);
    }
}

fn write_times(writer: &mut Writer, event: &Event<'_>, rule: Option<&Rule>) {
    writer.text("UID", &event.uid);
    writer.utc("DTSTAMP", event.stamp);
    let optional = |writer: &mut Writer, name, instant: Option<DateTime<Utc>>| {
        if let Some(instant) = instant {
            writer.utc(name, instant);
        }
    };
    optional(writer, "CREATED", event.created);
    optional(writer, "LAST-MODIFIED", event.last_modified);
    writer.integer("SEQUENCE", event.sequence);
    if let Some(planned) = &event.recurrence_id {
        writer.moment("RECURRENCE-ID", planned);
    }
    writer.moment("DTSTART", &event.start);
    if let Some(end) = &event.end {
        writer.moment("DTEND", end);
    }
    if let Some(rule) = rule {
        writer.raw("RRULE", &rule.written_for(&event.start));
    }
    writer.moments("EXDATE", &event.except);
    writer.moments("RDATE", &event.further);
}

fn write_texts(writer: &mut Writer, event: &Event<'_>) {
    let language = Language::of(event.language.as_deref());
    language.text(writer, "SUMMARY", Some(&event.summary));
    language.text(writer, "DESCRIPTION", event.description.as_deref());
    if let Some(html) = event.alt_description.as_deref().filter(|html| !html.is_empty()) {
        writer.text_with("X-ALT-DESC", &[("FMTTYPE", "text/html")], html);
    }
    language.text(writer, "LOCATION", event.location.as_deref());
    if let Some(place) = event.geo.and_then(geo_value) {
        writer.raw("GEO", &place);
    }
    uri(writer, "URL", &[], event.url.as_deref());
    writer.text_list("CATEGORIES", event.categories.iter().map(AsRef::as_ref).filter(|category: &&str| !category.is_empty()));
    writer.token("STATUS", status_value(event.status));
    writer.token("TRANSP", if event.transparent { "TRANSPARENT" } else { "OPAQUE" });
    if let Some(class) = event.class {
        writer.token("CLASS", class_value(class));
    }
    uri(writer, "CONFERENCE", &[("VALUE", "URI"), ("FEATURE", "VIDEO")], event.conference.as_deref());
    uri(writer, "IMAGE", &[("VALUE", "URI"), ("DISPLAY", "BADGE")], event.image.as_deref());
    text(writer, "RELATED-TO", event.related_to.as_deref());
}

fn write_people(writer: &mut Writer, event: &Event<'_>, invites: bool) {
    if let Some(Person { name, email }) = &event.organizer {
        writer.uri_with("ORGANIZER", &[("CN", name)], &format!("mailto:{email}"));
    }
    if let Some(Attendee { person, participation, rsvp }) = event.attendee.as_ref().filter(|_| invites) {
        let answer = participation_value(*participation);
        let params = [("CN", person.name.as_ref()), ("PARTSTAT", answer), ("RSVP", if *rsvp { "TRUE" } else { "FALSE" })];
        writer.uri_with("ATTENDEE", &params, &format!("mailto:{}", person.email));
    }
}

/// The language parameter, where there is one.
struct Language<'a>(Option<[(&'static str, &'a str); 1]>);

impl<'a> Language<'a> {
    fn of(language: Option<&'a str>) -> Self {
        Self(language.filter(|language| !language.is_empty()).map(|language| [("LANGUAGE", language)]))
    }

    fn text(&self, writer: &mut Writer, name: &'static str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            writer.text_with(name, self.0.as_ref().map_or(&[], |params| params.as_slice()), value);
        }
    }
}

fn text(writer: &mut Writer, name: &'static str, value: Option<&str>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        writer.text(name, value);
    }
}

fn uri(writer: &mut Writer, name: &'static str, params: &[(&'static str, &str)], value: Option<&str>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        writer.uri_with(name, params, value);
    }
}

fn rule_of(event: &Event<'_>) -> Option<Rule> {
    event.rule.as_deref().and_then(|rule| Rule::parse(rule).ok())
}
