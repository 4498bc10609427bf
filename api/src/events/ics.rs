//! An event as entries of a calendar (RFC 5545), from its rows alone: equal rows give equal bytes.
//!
//! An event has one UID for ever. What recurs is one entry with its rule, and an override for each date that was moved, cancelled, is
//! elsewhere, or lasts longer or shorter. Irregular dates are RDATEs, each with an override beside it: some calendar programs pass
//! over RDATEs, and show the override then.

use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use entity::words::{AttendanceMode, EventStatus, PriceKind, RegistrationMode};
use entity::{event, event_text, event_tombstone, occurrence, organisation, tag, venue};
use ics::{Moment, Person, Status};

use super::store::whole::Whole;
use crate::app::App;
use crate::kernel::{Markdown, Wanted};

/// What an event's entries are made of.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The event.
    pub event: &'a event::Model,
    /// Its text in the language of the calendar.
    pub text: Option<&'a event_text::Model>,
    /// Its dates, in the order in which the schedule has them.
    pub dates: &'a [occurrence::Model],
    /// Who answers for it.
    pub host: Option<&'a organisation::Model>,
    /// Mailbox of the network, for hosts without one.
    pub network_email: Option<&'a str>,
    /// Topics.
    pub tags: &'a [tag::Model],
    /// Where its page is.
    pub url: &'a str,
    /// The host of UIDs.
    pub uid_host: &'a str,
}

impl<'a> Facts<'a> {
    /// Of an event with all that belongs to it, in the language that serves best; `own` is the network as an organisation.
    pub fn of(whole: &'a Whole, event: &'a event::Model, wanted: &Wanted, own: &'a organisation::Model, addresses: &'a Addresses) -> Self {
        let texts = whole.texts.get(&event.id).map(Vec::as_slice).unwrap_or_default();
        let answerable = whole.hosts.get(&event.id).and_then(|hosts| hosts.first());
        Self {
            event,
            text: wanted.pick(&event.original_locale, texts, |text| &text.locale),
            dates: whole.dates.get(&event.id).map(Vec::as_slice).unwrap_or_default(),
            host: answerable.and_then(|host| whole.organisations.get(&host.organisation_id)),
            network_email: own.email.as_deref(),
            tags: whole.tags.get(&event.id).map(Vec::as_slice).unwrap_or_default(),
            url: &addresses.page,
            uid_host: &addresses.uid_host,
        }
    }
}

/// Addresses of ours in an event's entries.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// Where its page is.
    pub page: String,
    /// The host of UIDs.
    pub uid_host: String,
}

impl Addresses {
    /// Of an event.
    #[must_use]
    pub fn of(app: &App, event: &event::Model) -> Self {
        Self { page: app.url(&format!("/events/{}", event.slug)), uid_host: app.config.public_host() }
    }
}

/// Whether the one date of an event is its whole entry.
#[must_use]
pub fn is_single(event: &event::Model, dates: &[occurrence::Model]) -> bool {
    event.recurrence.is_none() && dates.len() == 1
}

/// What strikes out an event that was withdrawn, without a word of its text.
#[must_use]
pub fn struck_out(tombstone: &event_tombstone::Model, german: bool, uid_host: &str) -> ics::Event<'static> {
    let zone = tombstone.time_zone.parse().unwrap_or(chrono_tz::UTC);
    let at = |at: DateTime<Utc>| moment_in(zone, tombstone.is_all_day, at);
    let summary = if german { "Entfällt" } else { "Cancelled" };
    let uid = format!("{}@{uid_host}", tombstone.event_id.0);
    ics::Event {
        sequence: u32::try_from(tombstone.sequence).unwrap_or(0),
        last_modified: Some(tombstone.withdrawn_at),
        end: tombstone.ends_at.map(at),
        language: Some(if german { "de" } else { "en" }.into()),
        status: Status::Cancelled,
        ..ics::Event::new(uid, tombstone.withdrawn_at, at(tombstone.starts_at), summary.to_owned())
    }
}

/// One date of an event alone, as the entry that is also in calendars of the whole event.
#[must_use]
pub fn entry_of_date(facts: Facts<'_>, date: &occurrence::Model, venue: Option<&venue::Model>) -> ics::Event<'static> {
    let recurrence_id = (!is_single(facts.event, facts.dates)).then(|| moment(facts.event, date.original_starts_at));
    ics::Event { recurrence_id, ..entry(facts, date, venue) }
}

/// The entries of an event; `venue` finds the venue of a date.
pub fn entries<'v>(facts: Facts<'_>, venue: impl Fn(&occurrence::Model) -> Option<&'v venue::Model>) -> Vec<ics::Event<'static>> {
    let Some(first) = facts.dates.first() else { return Vec::new() };
    if is_single(facts.event, facts.dates) {
        return vec![entry(facts, first, venue(first))];
    }
    let recurs = facts.event.recurrence.is_some();
    let mut master = entry(facts, first, venue(first));
    (master.start, master.end) = planned(facts.event, facts.event.starts_at);
    master.status = status_of(facts.event);
    master.sequence = u32::try_from(facts.event.sequence).unwrap_or(0);
    (master.stamp, master.last_modified) = (facts.event.revised_at, Some(facts.event.updated_at));
    master.location = location(facts, facts.event.room.as_deref(), facts.dates.iter().find(|date| !date.place_is_own).and_then(&venue));
    if recurs {
        master.rule = facts.event.recurrence.clone().map(Into::into);
        master.except = facts.event.except_dates.0.iter().map(|at| moment(facts.event, *at)).collect();
    } else {
        master.further = facts.dates[1..].iter().map(|date| moment(facts.event, date.original_starts_at)).collect();
    }
    let is_override = |(at, date): &(usize, &occurrence::Model)| (!recurs && *at > 0) || differs(facts.event, date);
    let overrides = facts.dates.iter().enumerate().filter(is_override).map(|(_, date)| ics::Event {
        recurrence_id: Some(moment(facts.event, date.original_starts_at)),
        ..entry(facts, date, venue(date))
    });
    std::iter::once(master.clone()).chain(overrides.collect::<Vec<_>>()).collect()
}

/// One date as an entry of its own. Its SEQUENCE adds the changes of the date to those of the event: neither ever sinks.
fn entry(facts: Facts<'_>, date: &occurrence::Model, venue: Option<&venue::Model>) -> ics::Event<'static> {
    let event = facts.event;
    let stamp = event.revised_at.max(date.updated_at);
    let start = moment(event, date.starts_at);
    let (title, locale) = facts.text.map_or(("", "de"), |text| (text.title.as_str(), text.locale.as_str()));
    let organizer = facts.host.and_then(|host| {
        let email = host.email.as_deref().or(facts.network_email)?;
        Some(Person { name: host.name.clone().into(), email: email.to_owned().into() })
    });
    let shows_online = event.registration_mode == RegistrationMode::None;
    ics::Event {
        sequence: u32::try_from(event.sequence + date.sequence).unwrap_or(0),
        created: Some(event.created_at),
        last_modified: Some(event.updated_at.max(date.updated_at)),
        end: date.ends_at.map(|at| moment(event, at)),
        language: Some(locale.to_owned().into()),
        description: Some(description(facts, date).into()),
        location: location(facts, date.room.as_deref(), venue),
        geo: venue.and_then(|venue| Some((venue.latitude?, venue.longitude?))),
        url: Some(facts.url.to_owned().into()),
        categories: categories(facts),
        organizer,
        status: if date.is_cancelled { Status::Cancelled } else { status_of(event) },
        conference: date.online_url.clone().filter(|_| shows_online).map(Into::into),
        ..ics::Event::new(format!("{}@{}", event.id.0, facts.uid_host), stamp, start, summary(event, title, locale))
    }
}

fn summary(event: &event::Model, title: &str, locale: &str) -> String {
    match (event.status, is_german(locale)) {
        (EventStatus::Postponed, true) => format!("Verschoben: {title}"),
        (EventStatus::Postponed, false) => format!("Postponed: {title}"),
        _ => title.to_owned(),
    }
}

fn status_of(event: &event::Model) -> Status {
    match event.status {
        EventStatus::Published => Status::Confirmed,
        EventStatus::Postponed => Status::Tentative,
        // Who holds an entry of what is a draft has it from before it was withdrawn.
        EventStatus::Cancelled | EventStatus::Draft | EventStatus::InReview | EventStatus::Scheduled => Status::Cancelled,
    }
}

/// What the calendar says of a date, its page's address last.
fn description(facts: Facts<'_>, date: &occurrence::Model) -> String {
    let event = facts.event;
    let german = facts.text.is_none_or(|text| is_german(&text.locale));
    let say = |de: &str, en: &str| if german { de.to_owned() } else { en.to_owned() };
    let mut parts: Vec<String> = Vec::new();
    if let Some(text) = facts.text {
        parts.push(text.summary.clone());
        parts.push(Markdown::new(&text.description_markdown).to_plain_text());
    }
    let reason = if date.is_cancelled { date.cancellation_reason.as_ref() } else { event.cancellation_reason.as_ref() };
    parts.extend(reason.cloned());
    let mut lines: Vec<String> = event.time_note.iter().cloned().collect();
    if let Some(doors_at) = date.doors_at {
        lines.push(format!("{} {}", say("Einlass:", "Doors:"), zone(event).from_utc_datetime(&doors_at.naive_utc()).format("%H:%M")));
    }
    match event.price_kind {
        PriceKind::Free => lines.push(say("Eintritt frei", "Free of charge")),
        PriceKind::Donation => lines.push(say("Eintritt gegen Spende", "By donation")),
        PriceKind::Paid | PriceKind::NotStated => {}
    }
    if event.registration_mode != RegistrationMode::None {
        lines.push(say("Mit Anmeldung", "Registration required"));
    }
    parts.push(lines.join("\n"));
    parts.push(facts.url.to_owned());
    parts.retain(|part| !part.trim().is_empty());
    parts.join("\n\n")
}

/// The place in one line.
fn location(facts: Facts<'_>, room: Option<&str>, venue: Option<&venue::Model>) -> Option<std::borrow::Cow<'static, str>> {
    let mut parts: Vec<String> = Vec::new();
    if let Some(venue) = venue {
        let city = [venue.postal_code.as_deref(), venue.city.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        parts.push(venue.name.clone());
        parts.extend(room.map(str::to_owned));
        parts.extend(venue.street.clone());
        parts.push(city);
    } else {
        parts.extend(room.map(str::to_owned));
        if facts.event.mode != AttendanceMode::Onsite {
            parts.push("Online".to_owned());
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    (!parts.is_empty()).then(|| parts.join(", ").into())
}

fn categories(facts: Facts<'_>) -> Vec<std::borrow::Cow<'static, str>> {
    let word = format!("{:?}", facts.event.category);
    std::iter::once(word).chain(facts.tags.iter().map(|tag| tag.name.clone())).map(Into::into).collect()
}

/// Whether a date is not as the schedule has it.
fn differs(event: &event::Model, date: &occurrence::Model) -> bool {
    let (start, end) = planned(event, date.original_starts_at);
    date.is_cancelled || date.place_is_own || moment(event, date.starts_at) != start || date.ends_at.map(|at| moment(event, at)) != end
}

/// Where the schedule puts a date that starts at `starts_at`: it lasts as long, by the wall's clock, as the first does.
fn planned(event: &event::Model, starts_at: DateTime<Utc>) -> (Moment, Option<Moment>) {
    let lasts = event.ends_at.map(|end| local(event, end) - local(event, event.starts_at));
    let end = lasts.and_then(|lasts| local(event, starts_at).checked_add_signed(lasts));
    (moment(event, starts_at), end.map(|end| at_local(zone(event), event.is_all_day, end)))
}

fn moment(event: &event::Model, at: DateTime<Utc>) -> Moment {
    moment_in(zone(event), event.is_all_day, at)
}

fn moment_in(zone: Tz, is_all_day: bool, at: DateTime<Utc>) -> Moment {
    at_local(zone, is_all_day, zone.from_utc_datetime(&at.naive_utc()).naive_local())
}

fn at_local(zone: Tz, is_all_day: bool, at: NaiveDateTime) -> Moment {
    if is_all_day {
        // A clock change at midnight makes a day begin an hour late or early.
        Moment::Day((at + TimeDelta::hours(2)).date())
    } else {
        Moment::Local { at, zone }
    }
}

fn local(event: &event::Model, at: DateTime<Utc>) -> NaiveDateTime {
    zone(event).from_utc_datetime(&at.naive_utc()).naive_local()
}

fn zone(event: &event::Model) -> Tz {
    event.time_zone.parse().unwrap_or(chrono_tz::UTC)
}

fn is_german(locale: &str) -> bool {
    locale == "de" || locale.starts_with("de-")
}
