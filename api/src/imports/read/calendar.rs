//! Events from iCalendar (RFC 5545).

use std::collections::HashSet;

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use ics::{Component, Moment, ParseError, Property};

use super::Wrong;
use super::unreadable::{Unreadable, What};
use crate::events::rules::schedule::instant;

/// An event, as a calendar tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct CalendarEvent {
    /// The line on which it begins.
    pub line: usize,
    /// Its UID.
    pub id: String,
    /// Title.
    pub title: String,
    /// Description, as plain text.
    pub description: String,
    /// Where it is, as it stands.
    pub location: Option<String>,
    /// Its page.
    pub url: Option<String>,
    /// Topics.
    pub tags: Vec<String>,
    /// Whether it is cancelled.
    pub is_cancelled: bool,
    /// Start of the first date.
    pub starts_at: DateTime<Utc>,
    /// End of the first date; none where it does not say.
    pub ends_at: Option<DateTime<Utc>>,
    /// Whether dates are whole days.
    pub is_all_day: bool,
    /// The zone of its times.
    pub zone: Tz,
    /// By what rule it recurs.
    pub recurrence: Option<String>,
    /// Starts that are left out.
    pub except_dates: Vec<DateTime<Utc>>,
    /// Starts beside the first.
    pub further_dates: Vec<DateTime<Utc>>,
    /// Single dates that are otherwise.
    pub changed_dates: Vec<ChangedDate>,
}

/// A single date that is otherwise than the rule has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangedDate {
    /// Its start by the rule.
    pub original: DateTime<Utc>,
    /// When it is, and when it ends where that is said; none where it is cancelled.
    pub instead: Option<(DateTime<Utc>, Option<DateTime<Utc>>)>,
}

/// A calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// Its name, or that of the program that wrote it.
    pub name: Option<String>,
    /// Its events, or what is wrong with each.
    pub events: Vec<Result<CalendarEvent, Unreadable>>,
    /// What those are called that their calendar shows to nobody but its keeper.
    pub private: HashSet<String>,
}

/// Reads a calendar. `zone` is that of times without one.
///
/// # Errors
/// Where the file is no calendar.
pub fn events(text: &str, zone: Tz) -> Result<Read, Wrong> {
    let calendars = ics::parse(text).map_err(|error| Wrong::at(line_of(&error), error.to_string()))?;
    let [calendar] = calendars.iter().filter(|one| one.name == "VCALENDAR").collect::<Vec<_>>()[..] else {
        return Err(Wrong::at(1, "this is not one calendar: it begins with BEGIN:VCALENDAR and ends with END:VCALENDAR"));
    };
    let mut lines =
        text.lines().zip(1..).filter(|(line, _)| line.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case("BEGIN:VEVENT"));
    let mut whole: Vec<Result<CalendarEvent, Unreadable>> = Vec::new();
    let mut private = HashSet::new();
    let mut single: Vec<(usize, &Component)> = Vec::new();
    for component in calendar.children_named("VEVENT") {
        let line = lines.next().map_or(1, |(_, line)| line);
        let id = component.text("UID").map(|id| id.trim().to_owned());
        if component.text("CLASS").is_some_and(|class| !class.trim().eq_ignore_ascii_case("PUBLIC")) {
            private.extend(id.clone());
        }
        if component.property("RECURRENCE-ID").is_some() {
            single.push((line, component));
        } else {
            whole.push(event(component, line, zone).map_err(|wrong| Unreadable { id, ..wrong }));
        }
    }
    for (line, component) in single {
        let id = component.text("UID").unwrap_or_default().trim().to_owned();
        let found = whole.iter_mut().filter_map(|event| event.as_mut().ok()).find(|event| event.id == id);
        match (found, date(component, line, zone)) {
            (Some(event), Ok(changed)) => event.changed_dates.push(changed),
            // A date of a series that is not in the calendar, as of one that somebody was invited to: it is an event of its own.
            (None, Ok(changed)) => {
                let alone = event(component, line, zone).map_err(|wrong| Unreadable { id: Some(id.clone()), ..wrong });
                let own = format!("{id} {}", changed.original.format("%Y%m%dT%H%M%SZ"));
                if private.contains(&id) {
                    private.insert(own.clone());
                }
                whole.push(alone.map(|event| CalendarEvent { id: own, recurrence: None, ..event }));
            }
            (_, Err(wrong)) => whole.push(Err(Unreadable { id: Some(id), ..wrong })),
        }
    }
    Ok(Read { name: calendar.text("X-WR-CALNAME").or_else(|| calendar.text("PRODID")), events: whole, private })
}

fn line_of(error: &ParseError) -> usize {
    match error {
        ParseError::Line { line, .. } | ParseError::Outside { line } | ParseError::NotOpen { line, .. } => *line,
        _ => 1,
    }
}

fn event(component: &Component, line: usize, zone: Tz) -> Result<CalendarEvent, Unreadable> {
    let required = |name: &str| {
        let text = component.text(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        text.ok_or_else(|| Unreadable::at(line, What::Missing).saying(name))
    };
    let start = moment(component, "DTSTART", line, zone)?.ok_or_else(|| Unreadable::at(line, What::Missing).saying("DTSTART"))?;
    let own = match start {
        Moment::Local { zone, .. } => zone,
        Moment::Day(_) | Moment::Utc(_) => zone,
    };
    let optional = |name: &str| component.text(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let list = |name: &str| -> Result<Vec<DateTime<Utc>>, Unreadable> {
        let mut found = Vec::new();
        for property in component.properties.iter().filter(|property| property.name == name) {
            found.extend(moments(property, line, zone)?.into_iter().map(|moment| at(moment, own)));
        }
        Ok(found)
    };
    Ok(CalendarEvent {
        line,
        id: required("UID")?,
        title: required("SUMMARY")?,
        description: optional("DESCRIPTION").unwrap_or_default(),
        location: optional("LOCATION"),
        url: component.property("URL").map(|url| url.value.trim().to_owned()),
        tags: component.properties.iter().filter(|property| property.name == "CATEGORIES").flat_map(Property::text_list).collect(),
        is_cancelled: optional("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED")),
        starts_at: at(start, own),
        ends_at: end(component, start, own, line, zone)?,
        is_all_day: matches!(start, Moment::Day(_)),
        zone: own,
        recurrence: component.property("RRULE").map(|rule| rule.value.trim().to_owned()),
        except_dates: list("EXDATE")?,
        further_dates: list("RDATE")?,
        changed_dates: Vec::new(),
    })
}

/// A single date that is otherwise.
fn date(component: &Component, line: usize, zone: Tz) -> Result<ChangedDate, Unreadable> {
    let original =
        moment(component, "RECURRENCE-ID", line, zone)?.ok_or_else(|| Unreadable::at(line, What::Missing).saying("RECURRENCE-ID"))?;
    let own = if let Moment::Local { zone, .. } = original { zone } else { zone };
    if component.text("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED")) {
        return Ok(ChangedDate { original: at(original, own), instead: None });
    }
    let start = moment(component, "DTSTART", line, zone)?.ok_or_else(|| Unreadable::at(line, What::Missing).saying("DTSTART"))?;
    Ok(ChangedDate { original: at(original, own), instead: Some((at(start, own), end(component, start, own, line, zone)?)) })
}

/// When something ends: as it says, after how long it says, or for whole days after one.
fn end(component: &Component, start: Moment, own: Tz, line: usize, zone: Tz) -> Result<Option<DateTime<Utc>>, Unreadable> {
    if let Some(end) = moment(component, "DTEND", line, zone)? {
        let end = at(end, own);
        // Some programs write an end at the start for what has none.
        return Ok(Some(end).filter(|end| *end != at(start, own)));
    }
    if let Some(duration) = component.property("DURATION") {
        let lasts = duration_of(duration.value.trim()).ok_or_else(|| Unreadable::at(line, What::NoDuration))?;
        return Ok(Some(at(start, own) + lasts));
    }
    Ok(match start {
        Moment::Day(day) => day.checked_add_days(Days::new(1)).map(|next| instant(next.and_time(NaiveTime::MIN), own)),
        _ => None,
    })
}

fn moment(component: &Component, name: &str, line: usize, zone: Tz) -> Result<Option<Moment>, Unreadable> {
    let Some(property) = component.property(name) else { return Ok(None) };
    Ok(moments(property, line, zone)?.into_iter().next())
}

/// The moments of a property. One in no zone is in that of the network; Windows's names are known where many live.
fn moments(property: &Property, line: usize, zone: Tz) -> Result<Vec<Moment>, Unreadable> {
    let named = property.param("TZID").map(|name| name.trim_matches('"').to_owned());
    let named = named.map(|name| WINDOWS.iter().find(|(windows, _)| *windows == name).map_or(name.clone(), |(_, zone)| (*zone).to_owned()));
    let mut property = property.clone();
    property.params.retain(|(name, _)| name != "TZID");
    let tzid = named.clone().unwrap_or_else(|| zone.name().to_owned());
    property.params.push(("TZID".to_owned(), vec![tzid]));
    property.moments().ok_or_else(|| {
        let zone = named.map(|name| format!(", {name}")).unwrap_or_default();
        Unreadable::at(line, What::NoMoment).saying(&format!("{}{zone}", property.name))
    })
}

/// What Windows calls the zones of Europe.
const WINDOWS: [(&str, &str); 6] = [
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("Central European Standard Time", "Europe/Warsaw"),
    ("Romance Standard Time", "Europe/Paris"),
    ("GMT Standard Time", "Europe/London"),
    ("Turkey Standard Time", "Europe/Istanbul"),
];

fn at(moment: Moment, zone: Tz) -> DateTime<Utc> {
    match moment {
        Moment::Day(day) => instant(day.and_time(NaiveTime::MIN), zone),
        other => other.instant(),
    }
}

/// A duration (RFC 5545 section 3.3.6) that does not go back.
fn duration_of(text: &str) -> Option<TimeDelta> {
    let (mut total, mut number) = (TimeDelta::zero(), String::new());
    for letter in text.strip_prefix('+').unwrap_or(text).strip_prefix('P')?.chars() {
        let seconds: i64 = match letter {
            'T' => continue,
            digit @ '0'..='9' if number.len() < 8 => {
                number.push(digit);
                continue;
            }
            'W' => 7 * 24 * 3600,
            'D' => 24 * 3600,
            'H' => 3600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        total += TimeDelta::seconds(number.parse::<i64>().ok()?.checked_mul(seconds)?);
        number.clear();
    }
    number.is_empty().then_some(total)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(body: &str) -> Vec<Result<CalendarEvent, Unreadable>> {
        let text = format!("BEGIN:VCALENDAR\r\nPRODID:x\r\n{}\r\nEND:VCALENDAR\r\n", body.replace('\n', "\r\n"));
        events(&text, Tz::Europe__Berlin).unwrap().events
    }

    #[test]
    fn events_are_read_as_programs_write_them() {
        let found = read(
            "BEGIN:VEVENT\nUID:1\nSUMMARY:Kurs\nDTSTART;TZID=W. Europe Standard Time:20220607T180000\nDURATION:PT1H30M\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20220614T160000Z\nEND:VEVENT\nBEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20220621T160000Z\nSUMMARY:Kurs\nDTSTART:20220622T180000\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nSUMMARY:Fest\nDTSTART;VALUE=DATE:20220701\nEND:VEVENT",
        );
        let course = found[0].as_ref().unwrap();
        assert_eq!(course.starts_at.to_rfc3339(), "2022-06-07T16:00:00+00:00");
        assert_eq!((course.ends_at.unwrap() - course.starts_at).num_minutes(), 90);
        assert_eq!(course.changed_dates[0].instead.unwrap().0.to_rfc3339(), "2022-06-22T16:00:00+00:00");
        let fest = found[1].as_ref().unwrap();
        assert!(fest.is_all_day && fest.ends_at.unwrap() - fest.starts_at == TimeDelta::days(1));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let found = read(
            "BEGIN:VEVENT\nUID:1\nDTSTART:20220607T180000\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nSUMMARY:x\nDTSTART;TZID=Mars:20220607T180000\nEND:VEVENT",
        );
        let wrong: Vec<_> = found.into_iter().map(|event| event.unwrap_err()).collect();
        assert_eq!(wrong.iter().map(|wrong| wrong.line).collect::<Vec<_>>(), [3, 7]);
        assert!(wrong[1].detail.as_deref() == Some("DTSTART, Mars"));
        assert!(events("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", Tz::UTC).is_err());
    }

    #[test]
    fn a_date_of_a_series_that_is_not_there_is_an_event_of_its_own_and_what_is_private_is_known() {
        let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID:20220614T160000Z\r\nSUMMARY:Gast\r\nDTSTART:20220615T160000Z\r\nCLASS:PRIVATE\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let read = events(text, Tz::Europe__Berlin).unwrap();
        let alone = read.events[0].as_ref().unwrap();
        assert_eq!((alone.id.as_str(), alone.starts_at.to_rfc3339().as_str()), ("1 20220614T160000Z", "2022-06-15T16:00:00+00:00"));
        assert!(read.private.contains(&alone.id));
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in "[A-Z:;=\n,0-9TZ-]{0,300}") {
            let _ = events(&format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:x\n{text}\nEND:VEVENT\nEND:VCALENDAR"), Tz::Europe__Berlin);
        }
    }
}
