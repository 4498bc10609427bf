//! Events from a calendar.

use entity::id::{EventId, VenueId};
use entity::organisation;
use entity::words::{AttendanceMode, EventCategory, EventStatus, HostRole, ImportedKind, Visibility};
use ics::Rule;

use super::{Outcome, Problem, Run, Standing, fingerprint, on};
use crate::app::{Cx, Writing};
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::events::ops::edit::{Edit, PlaceEdit, ScheduleEdit, no_price};
use crate::events::rules::schedule::{self, PlannedDate, Schedule};
use crate::events::store::dates;
use crate::events::store::write::{self, NewDate, NewEvent, NewEventText, NewPlace, SLUGGED};
use crate::imports::read::calendar::CalendarEvent;
use crate::imports::read::{Wrong, markdown};
use crate::kernel::{Findings, Locale, Markdown, Patch, Slug, WebAddress, fold, text};
use crate::organisations::store::write::NewAddress;
use crate::venues::store::write::{self as venues, NewVenue};
use crate::{events, tags};

const KIND: ImportedKind = ImportedKind::Event;

/// What events become here.
#[derive(Clone, Debug)]
pub struct Into {
    /// Who holds them.
    pub organisation: organisation::Model,
    /// The language that they are in.
    pub locale: Locale,
    /// How far they are on their way.
    pub status: EventStatus,
}

/// Takes an event over. Where it says something new, single dates that were changed keep their change.
///
/// # Errors
/// What is wrong with it.
pub async fn take(cx: &Cx, run: &Run, into: &Into, event: &CalendarEvent) -> Result<Outcome, Problem> {
    let fingerprint = fingerprint(&format!("{:?}", CalendarEvent { line: 0, ..event.clone() }));
    let writing = cx.begin_write().await?;
    let before = match run.standing(&writing, KIND, &event.id).await? {
        Standing::New => {
            let id = enter(cx, &writing, into, event).await?;
            run.finish(cx, writing, (KIND, &event.id), (id.0, 1), fingerprint).await?;
            return Ok(Outcome::Added);
        }
        Standing::Came(before) => before,
    };
    let id = EventId(before.target_id);
    let Some(now) = dates::locked_in_our_name(&*writing, id).await? else { return Ok(Outcome::Gone) };
    if before.fingerprint == fingerprint {
        return Ok(Outcome::Unchanged);
    }
    if now.revision != before.revision {
        return Ok(Outcome::Kept);
    }
    let edit = edit(cx, &writing, into, event).await?;
    run.end(writing).await?;
    if !run.writes {
        return Ok(Outcome::Changed);
    }
    // It tells whoever registered, and moves their dates along: that is a use case of its own. Should we be stopped right behind it,
    // the event counts as changed here.
    let mut changed = events::ops::update(cx, id, Some(now.revision), edit).await.map_err(|fault| on(event.line, fault))?;
    if event.is_cancelled && changed.status == EventStatus::Published {
        changed = events::ops::cancel(cx, id, None).await.map_err(|fault| on(event.line, fault))?;
    }
    let writing = cx.begin_write().await?;
    run.finish(cx, writing, (KIND, &event.id), (id.0, changed.revision), fingerprint).await?;
    Ok(Outcome::Changed)
}

async fn enter(cx: &Cx, writing: &Writing, into: &Into, event: &CalendarEvent) -> Result<EventId, Problem> {
    let schedule = schedule(event)?;
    let planned = schedule::dates(&schedule, schedule::horizon(cx.now()))
        .map_err(|unsound| Wrong::at(event.line, format!("its dates make no sense: {unsound}")))?;
    let dates = planned.into_iter().map(|when| date(event, &schedule, when)).collect();
    let otherwise: Slug = "veranstaltung".parse().map_err(|_| Wrong::at(event.line, "it has no title"))?;
    let cancelled = event.is_cancelled && into.status == EventStatus::Published;
    let new = NewEvent {
        slug: SLUGGED.free_for(&**writing, &event.title, otherwise).await?,
        status: if cancelled { EventStatus::Cancelled } else { into.status },
        visibility: Visibility::Public,
        category: EventCategory::Other,
        original_locale: into.locale.clone(),
        texts: vec![words(into, event)?],
        hosts: vec![(into.organisation.id, HostRole::Host)],
        programme_id: None,
        schedule,
        time_note: None,
        dates,
        place: place(cx, writing, event).await?,
        agenda: Vec::new(),
        accessibility: Default::default(),
        price: no_price(),
        registration: Default::default(),
        contact: Default::default(),
        website: event.url.as_deref().and_then(|url| url.parse::<WebAddress>().ok()),
        tags: tags::store::write::of_names(&**writing, &cx.app, &topics(event)).await?,
        sources: Vec::new(),
        cancellation_reason: None,
        outcome: Default::default(),
        cover_id: None,
        scheduled_for: None,
    };
    let id = write::insert(&**writing, &cx.app, &new).await?;
    audit::ops::record(cx, writing, Deed::EventCreate, Subject::Event(id), &event.title, Changes::none()).await?;
    Ok(id)
}

/// What becomes of an event that came before.
async fn edit(cx: &Cx, writing: &Writing, into: &Into, event: &CalendarEvent) -> Result<Edit, Problem> {
    let (schedule, place) = (schedule(event)?, place(cx, writing, event).await?);
    let schedule = ScheduleEdit {
        starts_at: schedule.starts_at,
        ends_at: schedule.ends_at,
        doors_at: None,
        is_all_day: schedule.is_all_day,
        zone: Some(schedule.zone),
        time_note: None,
        recurrence: schedule.recurrence,
        except_dates: schedule.except_dates,
        further_dates: schedule.further_dates,
    };
    let or_clear = |value: Option<VenueId>| value.map_or(Patch::Clear, Patch::Set);
    let place = PlaceEdit {
        mode: Patch::Set(place.mode),
        venue_id: or_clear(place.venue_id),
        room: Patch::Clear,
        online_url: place.online_url.map_or(Patch::Clear, Patch::Set),
    };
    Ok(Edit {
        hosts: Patch::Keep,
        texts: vec![words(into, event)?],
        remove_locales: Vec::new(),
        original_locale: Patch::Keep,
        schedule: Patch::Set(schedule),
        category: Patch::Keep,
        visibility: Patch::Keep,
        slug: Patch::Keep,
        place: Patch::Set(place),
        programme: Patch::Keep,
        agenda: Patch::Keep,
        accessibility: Patch::Keep,
        price: Patch::Keep,
        policy: Patch::Keep,
        contact: Patch::Keep,
        website: event.url.as_deref().and_then(|url| url.parse().ok()).map_or(Patch::Keep, Patch::Set),
        cover: Patch::Keep,
        tags: Patch::Set(topics(event)),
        sources: Patch::Keep,
        findings: Findings::of_input(),
    })
}

fn words(into: &Into, event: &CalendarEvent) -> Result<NewEventText, Wrong> {
    let wrong = |what: &str| Wrong::at(event.line, what);
    let title = text::required_line(&event.title, text::TITLE).map_err(|_| wrong("SUMMARY is longer than 200 characters"))?;
    let description = markdown::of_plain(&event.description);
    if description.chars().count() > text::BODY {
        return Err(wrong("DESCRIPTION is longer than 100,000 characters"));
    }
    Ok(NewEventText { locale: into.locale.clone(), title, summary: String::new(), description: Markdown::new(&description) })
}

fn topics(event: &CalendarEvent) -> Vec<String> {
    event.tags.iter().filter_map(|tag| text::line(tag, 80).ok().flatten()).take(20).collect()
}

fn schedule(event: &CalendarEvent) -> Result<Schedule, Wrong> {
    let rule = event.recurrence.as_deref().map(str::parse::<Rule>).transpose();
    let recurrence = rule.map_err(|error| Wrong::at(event.line, format!("RRULE is none that is known here: {error}")))?;
    Ok(Schedule {
        starts_at: event.starts_at,
        ends_at: event.ends_at,
        doors_at: None,
        is_all_day: event.is_all_day,
        zone: event.zone,
        recurrence,
        except_dates: event.except_dates.clone(),
        further_dates: event.further_dates.clone(),
    })
}

/// A date as the schedule has it, or as it was changed.
fn date(event: &CalendarEvent, schedule: &Schedule, when: PlannedDate) -> NewDate {
    let original = when.starts_at;
    let mut date = NewDate::planned(when);
    match event.changed_dates.iter().find(|changed| changed.original == original).map(|changed| changed.instead) {
        None => {}
        Some(None) => date.is_cancelled = true,
        Some(Some((starts_at, ends_at))) => {
            let over_at = schedule::over_at(starts_at, ends_at, schedule.zone);
            date.when = PlannedDate { starts_at, ends_at, doors_at: None, over_at };
        }
    }
    date
}

/// Where it is: the venue of that name, which is entered where there is none; or an address to take part from afar.
async fn place(cx: &Cx, writing: &Writing, event: &CalendarEvent) -> Result<NewPlace, Problem> {
    let nowhere = NewPlace { mode: AttendanceMode::Onsite, venue_id: None, room: None, online_url: None };
    let Some(location) = event.location.as_deref() else { return Ok(nowhere) };
    if let Ok(url) = location.parse::<WebAddress>() {
        return Ok(NewPlace { mode: AttendanceMode::Online, online_url: Some(url), ..nowhere });
    }
    let (name, rest) = location.split_once([',', '\n']).unwrap_or((location, ""));
    let Some(name) = text::line(name, text::TITLE).ok().flatten() else { return Ok(nowhere) };
    let found = crate::venues::store::by_name(&**writing, &fold::for_sorting(&name)).await?;
    let id = match found {
        Some(venue) => venue.id,
        None => {
            let wanted =
                Slug::of_title(&name).or_else(|| "ort".parse().ok()).ok_or_else(|| Wrong::at(event.line, "LOCATION is no name"))?;
            let (mut slug, mut number) = (wanted.clone(), 1);
            while venues::is_taken(&**writing, &slug).await? {
                number += 1;
                slug = wanted.numbered(number);
            }
            let address = NewAddress { street: text::line(rest, text::TITLE).ok().flatten(), ..NewAddress::default() };
            let new = NewVenue {
                slug,
                name: name.clone(),
                address,
                location: None,
                rooms: Vec::new(),
                directions: None,
                website: None,
                organisation_id: None,
                features: Vec::new(),
            };
            let id = venues::insert(&**writing, &cx.app, &new).await?;
            audit::ops::record(cx, writing, Deed::VenueCreate, Subject::Venue(id), &name, Changes::none()).await?;
            id
        }
    };
    Ok(NewPlace { venue_id: Some(id), ..nowhere })
}
