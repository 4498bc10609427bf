//! An event as entries of a calendar (RFC 5545), from its rows alone: equal rows give equal bytes.
//!
//! An event has one UID for ever, in feeds, downloads and invitations. What recurs is one entry with its rule, and an override for each
//! date that is not as the schedule has it: moved, cancelled, elsewhere, or of another length. Irregular dates are RDATEs, each with an
//! override beside it: some calendar programs pass over RDATEs, and show the override then. An event with a single date is that date,
//! wherever it was moved to.

mod price;
mod series;
mod slot;
mod texts;
mod times;
pub mod words;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::VenueId;
use entity::words::{EventStatus, RegistrationMode};
use entity::{event, event_text, event_tombstone, media, occurrence, organisation, tag, venue};
use ics::{Person, Status};

use self::series::Series;
use self::slot::Slot;
use super::store::whole::Whole;
use crate::app::App;
use crate::files::name::address;
use crate::kernel::Wanted;

/// What an event's entries are made of.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The event.
    pub event: &'a event::Model,
    /// Its text in the language of the calendar.
    pub text: Option<&'a event_text::Model>,
    /// Its dates, in the order in which the schedule has them.
    pub dates: &'a [occurrence::Model],
    /// The venues of the event and of its dates.
    pub venues: &'a HashMap<VenueId, venue::Model>,
    /// Who answers for it.
    pub host: Option<&'a organisation::Model>,
    /// The network, for hosts without a mailbox, and for events without a host.
    pub network: &'a organisation::Model,
    /// Topics.
    pub tags: &'a [tag::Model],
    /// Addresses of ours.
    pub addresses: &'a Addresses,
    /// For whom the calendar is.
    pub reader: Reader<'a>,
}

/// For whom a calendar is.
#[derive(Clone, Copy, Debug)]
pub enum Reader<'a> {
    /// Whoever has its address. Where registration is asked they are not told where to take part from afar.
    Anybody,
    /// Who asked for a seat and has none yet, as these words say.
    Waiting(&'a str),
    /// Who has a seat.
    Registered,
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
            venues: &whole.venues,
            host: answerable.and_then(|host| whole.organisations.get(&host.organisation_id)),
            network: own,
            tags: whole.tags.get(&event.id).map(Vec::as_slice).unwrap_or_default(),
            addresses,
            reader: Reader::Anybody,
        }
    }
}

/// Addresses of ours in an event's entries.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// Where its page is.
    pub page: String,
    /// Where the picture above it is.
    pub cover: Option<String>,
    /// The host of UIDs.
    pub uid_host: String,
}

impl Addresses {
    /// Of an event.
    #[must_use]
    pub fn of(app: &App, whole: &Whole, event: &event::Model) -> Self {
        let picture = |media: &media::Model| app.url(&address(&media.file));
        Self {
            page: app.url(&format!("/events/{}", event.slug)),
            cover: event.cover_id.and_then(|id| whole.covers.get(&id)).map(picture),
            uid_host: app.config.public_host(),
        }
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
    let at = |at: DateTime<Utc>| times::on_the_wall_of(zone, tombstone.is_all_day, at);
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
pub fn entry_of_date(facts: Facts<'_>, date: &occurrence::Model) -> ics::Event<'static> {
    let series = Series::of(facts.event, facts.dates);
    let recurrence_id = series.map(|series| series.planned_start(facts.event, date));
    ics::Event { recurrence_id, ..of_date(facts, date) }
}

/// The entries of an event; none where it has no date.
#[must_use]
pub fn entries(facts: Facts<'_>) -> Vec<ics::Event<'static>> {
    let event = facts.event;
    let Some(series) = Series::of(event, facts.dates) else {
        return facts.dates.first().map(|date| of_date(facts, date)).into_iter().collect();
    };
    let overrides = facts.dates.iter().filter_map(|date| {
        let planned_start = series.planned_start(event, date);
        let is_as_planned = series.gives(date) && Slot::of(facts, date) == Slot::planned(facts, planned_start);
        (!is_as_planned).then(|| ics::Event { recurrence_id: Some(planned_start), ..of_date(facts, date) })
    });
    let overrides: Vec<_> = overrides.collect();
    let whole = entry(facts, &Slot::planned(facts, series.start));
    let whole =
        ics::Event { rule: series.rule.map(|rule| rule.to_owned().into()), except: series.except, further: series.further, ..whole };
    std::iter::once(whole).chain(overrides).collect()
}

/// A date as it is. Its SEQUENCE adds its changes to those of the event: neither ever sinks.
fn of_date(facts: Facts<'_>, date: &occurrence::Model) -> ics::Event<'static> {
    let of_event = entry(facts, &Slot::of(facts, date));
    ics::Event {
        sequence: u32::try_from(facts.event.sequence + date.sequence).unwrap_or(0),
        stamp: of_event.stamp.max(date.updated_at),
        last_modified: of_event.last_modified.map(|at| at.max(date.updated_at)),
        ..of_event
    }
}

fn entry(facts: Facts<'_>, slot: &Slot<'_>) -> ics::Event<'static> {
    let event = facts.event;
    let uid = format!("{}@{}", event.id.0, facts.addresses.uid_host);
    let description = texts::description(facts, slot);
    ics::Event {
        sequence: u32::try_from(event.sequence).unwrap_or(0),
        created: Some(event.created_at),
        last_modified: Some(event.updated_at.max(event.revised_at)),
        end: slot.end,
        language: facts.text.map(|text| text.locale.clone().into()),
        description: Some(description.plain.into()),
        alt_description: Some(description.html.into()),
        location: texts::location(slot).map(Into::into),
        geo: slot.venue.and_then(|venue| Some((venue.latitude?, venue.longitude?))),
        url: Some(facts.addresses.page.clone().into()),
        categories: texts::categories(facts).into_iter().map(Into::into).collect(),
        organizer: organizer(facts),
        status: status(event, slot),
        conference: conference(facts, slot).map(|address| address.to_owned().into()),
        image: facts.addresses.cover.clone().map(Into::into),
        ..ics::Event::new(uid, event.revised_at, slot.start, texts::summary(facts))
    }
}

fn status(event: &event::Model, slot: &Slot<'_>) -> Status {
    match event.status {
        _ if slot.is_cancelled => Status::Cancelled,
        EventStatus::Published => Status::Confirmed,
        EventStatus::Postponed => Status::Tentative,
        // Who holds an entry of what is a draft has it from before it was withdrawn.
        EventStatus::Cancelled | EventStatus::Draft | EventStatus::InReview | EventStatus::Scheduled => Status::Cancelled,
    }
}

/// Who answers for it, at its own mailbox or at the network's; nobody where neither has one.
fn organizer(facts: Facts<'_>) -> Option<Person<'static>> {
    let host = facts.host.unwrap_or(facts.network);
    let email = host.email.as_ref().or(facts.network.email.as_ref())?;
    Some(Person { name: host.name.clone().into(), email: email.clone().into() })
}

/// Where to take part from afar, which only those who registered are told where registration is asked.
fn conference<'a>(facts: Facts<'_>, slot: &Slot<'a>) -> Option<&'a str> {
    let is_told = facts.event.registration_mode == RegistrationMode::None || matches!(facts.reader, Reader::Registered);
    slot.online_url.filter(|_| is_told)
}
