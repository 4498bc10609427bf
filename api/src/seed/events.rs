//! Events that the sources name, at their dates, with what is unknown unknown.

use chrono_tz::Tz;
use entity::id::OrganisationId;
use entity::lists::AgendaItem;
use entity::words::{AttendanceMode, EventCategory, EventStatus, HostRole, PriceKind, Visibility};

use super::event_dates;
use super::files::{EVENTS, Event, Figures, Station};
use super::parse::Entry;
use super::{SeedError, Seeding};
use crate::events::rules::schedule::instant;
use crate::events::store::write::{
    self, NewAccessibility, NewContact, NewEvent, NewEventText, NewOutcome, NewPlace, NewPrice, NewRegistrationPolicy,
};
use crate::kernel::{Locale, Markdown};

const KIND: &str = "events";

/// Writes those that are missing.
pub(super) async fn all(seeding: &mut Seeding<'_>) -> Result<(), SeedError> {
    for event in &seeding.files.events {
        let new = self::event(seeding, event)?;
        insert(seeding, &new).await?;
    }
    Ok(())
}

/// Inserts an event, unless it is there.
pub(super) async fn insert(seeding: &mut Seeding<'_>, new: &NewEvent) -> Result<(), SeedError> {
    if seeding.known.events.contains_key(new.slug.as_str()) {
        seeding.report.count_present(KIND);
        return Ok(());
    }
    let id = write::insert(seeding.tx, seeding.app, new).await?;
    seeding.known.events.insert(new.slug.to_string(), id);
    seeding.report.count_added(KIND);
    Ok(())
}

fn event(seeding: &Seeding<'_>, event: &Event) -> Result<NewEvent, SeedError> {
    let (entry, known) = (Entry { file: EVENTS, slug: &event.slug }, &seeding.known);
    let zone: Tz = entry.parse(&event.timezone)?;
    let venue = |slug: &String| entry.find(&known.venues, "venue", slug);
    let place = NewPlace {
        mode: mode(&entry, &event.mode)?,
        venue_id: event.venue.as_ref().map(venue).transpose()?,
        room: event.room.clone(),
        online_url: None,
    };
    let schedule = event_dates::schedule(&entry, event, zone)?;
    let (registration, visibility) = (registration(&entry, &event.registration)?, visibility(&entry, &event.visibility)?);
    Ok(NewEvent {
        slug: entry.slug()?,
        status: EventStatus::Published,
        visibility,
        category: category(&entry, &event.kind)?,
        original_locale: Locale::german(),
        texts: vec![NewEventText {
            locale: Locale::german(),
            title: event.title.clone(),
            summary: event.summary_de.clone(),
            description: Markdown::new(&description(seeding, event)),
        }],
        hosts: hosts(seeding, &entry, event)?,
        programme_id: event
            .programme
            .as_ref()
            .or(event.series.as_ref())
            .map(|slug| entry.find(&known.programmes, "programme", slug))
            .transpose()?,
        dates: event_dates::dates(&entry, event, &schedule, &place, &known.venues)?,
        schedule,
        time_note: event_dates::time_note(&entry, event)?,
        place,
        agenda: agenda(seeding, event, zone),
        accessibility: NewAccessibility {
            languages: entry.parse_all(&event.languages)?,
            interpretation: entry.parse_all(event.interpretation.as_deref().unwrap_or_default())?,
            childcare: event.childcare,
            ..NewAccessibility::default()
        },
        price: NewPrice { kind: price(&entry, &event.cost)?, tiers: Vec::new(), note: None },
        registration,
        contact: NewContact::default(),
        website: None,
        tags: entry.find_all(&known.tags, "topic", &event.topics)?,
        sources: entry.sources(event.sources.iter().map(String::as_str))?,
        cancellation_reason: None,
        outcome: outcome(&event.figures),
        cover_id: None,
        scheduled_for: None,
    })
}

fn hosts(seeding: &Seeding<'_>, entry: &Entry<'_>, event: &Event) -> Result<Vec<(OrganisationId, HostRole)>, SeedError> {
    let hosts = event.hosts.iter().map(|slug| (slug, HostRole::Host));
    let co_hosts = event.co_hosts.iter().map(|slug| (slug, HostRole::CoHost));
    let found = hosts.chain(co_hosts).map(|(slug, role)| Ok((entry.find(&seeding.known.organisations, "organisation", slug)?, role)));
    found.collect()
}

/// Its summary, its stations, and how many were expected.
fn description(seeding: &Seeding<'_>, event: &Event) -> String {
    let mut parts = vec![event.summary_de.clone()];
    if !event.stations.is_empty() {
        let stations: Vec<String> = event.stations.iter().map(|station| format!("- {}", said(seeding, station))).collect();
        parts.push(format!("## Stationen\n\n{}", stations.join("\n")));
    }
    parts.extend(event.figures.expected.map(|guests| format!("Erwartet wurden {guests} Gäste.")));
    parts.join("\n\n")
}

fn said(seeding: &Seeding<'_>, station: &Station) -> String {
    let (day, to) = ("%d.%m.%Y", station.to.format("%d.%m.%Y"));
    let when = station.from.map_or_else(|| format!("bis {to}"), |from| format!("{} bis {to}", from.format(day)));
    let opening = station.opening_de.as_ref().map(|hours| format!(", {hours}")).unwrap_or_default();
    let event = station.opening_event_at.map(|at| format!("; Eröffnung am {} Uhr", at.format("%d.%m.%Y um %H:%M"))).unwrap_or_default();
    format!("{}: {when}{opening}{event}", place_of(seeding, station))
}

fn place_of(seeding: &Seeding<'_>, station: &Station) -> String {
    let venue = seeding.files.venues.iter().find(|venue| venue.slug == station.venue).map_or(station.venue.as_str(), |venue| &venue.name);
    station.room.as_ref().map_or_else(|| venue.to_owned(), |room| format!("{venue}, {room}"))
}

/// The points of its agenda on its day, and the openings of its stations.
fn agenda(seeding: &Seeding<'_>, event: &Event, zone: Tz) -> Vec<AgendaItem> {
    let points = event.agenda.iter().map(|point| (event.date.and_time(point.at), point.title_de.clone()));
    let openings =
        event.stations.iter().filter_map(|station| Some((station.opening_event_at?, format!("Eröffnung: {}", place_of(seeding, station)))));
    points.chain(openings).map(|(at, title)| AgendaItem { at: instant(at, zone), title, speaker: None }).collect()
}

fn outcome(figures: &Figures) -> NewOutcome {
    NewOutcome {
        guests: figures.guests_approx,
        online_guests: figures.online,
        donations: figures.donations_eur.map(|euros| euros * 100),
        note: figures.guests_approx.map(|_| "Zahl der Gäste ungefähr".to_owned()),
    }
}

fn registration(entry: &Entry<'_>, word: &str) -> Result<NewRegistrationPolicy, SeedError> {
    match word {
        "none" => Ok(NewRegistrationPolicy::default()),
        // How one registered is not known; who came without was welcome.
        "recommended" => Ok(NewRegistrationPolicy { walk_ins_welcome: true, ..NewRegistrationPolicy::default() }),
        other => Err(entry.wrong(format!("`{other}` is no way to register"))),
    }
}

fn mode(entry: &Entry<'_>, word: &str) -> Result<AttendanceMode, SeedError> {
    Ok(match word {
        "in_person" => AttendanceMode::Onsite,
        "online" => AttendanceMode::Online,
        "hybrid" => AttendanceMode::Hybrid,
        other => return Err(entry.wrong(format!("`{other}` is no mode"))),
    })
}

fn visibility(entry: &Entry<'_>, word: &str) -> Result<Visibility, SeedError> {
    Ok(match word {
        "public" => Visibility::Public,
        "members" => Visibility::Members,
        "board" => Visibility::Hosts,
        other => return Err(entry.wrong(format!("`{other}` is no visibility"))),
    })
}

fn price(entry: &Entry<'_>, word: &str) -> Result<PriceKind, SeedError> {
    Ok(match word {
        "free" => PriceKind::Free,
        "donation" => PriceKind::Donation,
        "unknown" => PriceKind::NotStated,
        other => return Err(entry.wrong(format!("`{other}` is no price"))),
    })
}

fn category(entry: &Entry<'_>, word: &str) -> Result<EventCategory, SeedError> {
    Ok(match word {
        "panel" => EventCategory::Panel,
        "conference" => EventCategory::Conference,
        "workshop" => EventCategory::Workshop,
        "concert" => EventCategory::Concert,
        "film" => EventCategory::Film,
        "exhibition" => EventCategory::Exhibition,
        "celebration" => EventCategory::Celebration,
        "meeting" | "board_meeting" => EventCategory::Meeting,
        "assembly" => EventCategory::Assembly,
        "retreat" => EventCategory::Retreat,
        "rally" => EventCategory::Rally,
        "vigil" => EventCategory::Vigil,
        "broadcast" => EventCategory::Broadcast,
        other => return Err(entry.wrong(format!("`{other}` is no kind of event"))),
    })
}
