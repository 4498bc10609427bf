//! What an event of a calendar becomes here.

use chrono::{DateTime, Utc};
use entity::id::{EventId, OrganisationId};
use entity::organisation;
use entity::words::{AttendanceMode, EventCategory, EventStatus, HostRole, Visibility};
use ics::Rule;

use crate::app::{Cx, Writing};
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::events::ops::edit::no_price;
use crate::events::rules::schedule::{self, PlannedDate, Schedule};
use crate::events::store::write::{self, NewDate, NewEvent, NewEventText, NewPlace, SLUGGED};
use crate::imports::read::calendar::CalendarEvent;
use crate::imports::read::markdown;
use crate::imports::read::unreadable::{Unreadable, What};
use crate::kernel::{Fault, Locale, Markdown, Slug, WebAddress, fold, text};
use crate::organisations::store::write::NewAddress;
use crate::tags;
use crate::venues::store::write::{self as venues, NewVenue};

/// What events become here.
#[derive(Clone, Debug)]
pub struct Into {
    /// Who holds them.
    pub organisation: organisation::Model,
    /// The language that they are in.
    pub locale: Locale,
    /// How far they are on their way.
    pub status: EventStatus,
    /// Who may change the venues that they bring along; the office alone where it is nobody.
    pub venues_of: Option<OrganisationId>,
    /// Where their calendar is, for those that have no page of their own.
    pub source: Option<WebAddress>,
}

/// Why an event was not entered.
#[derive(Debug)]
pub enum NotEntered {
    /// What it says is wrong.
    Unreadable(Unreadable),
    /// Something is wrong with us.
    Fault(Fault),
}

impl From<Unreadable> for NotEntered {
    fn from(unreadable: Unreadable) -> Self {
        Self::Unreadable(unreadable)
    }
}

impl From<Fault> for NotEntered {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<sea_orm::DbErr> for NotEntered {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Fault(error.into())
    }
}

/// Enters an event with its dates.
///
/// # Errors
/// What is wrong with it.
pub async fn enter(cx: &Cx, writing: &Writing, into: &Into, event: &CalendarEvent) -> Result<EventId, NotEntered> {
    let schedule = schedule(event)?;
    let planned = dates(event, &schedule, cx.now())?;
    let dates = planned.into_iter().map(|when| date(event, &schedule, when)).collect();
    let otherwise: Slug = "veranstaltung".parse().map_err(|_| Unreadable::at(event.line, What::Missing).saying("SUMMARY"))?;
    let cancelled = event.is_cancelled && into.status == EventStatus::Published;
    let website = website(event);
    let sources = into.source.as_ref().map(|calendar| website.clone().unwrap_or_else(|| calendar.clone()));
    let new = NewEvent {
        slug: SLUGGED.free_for(&**writing, &event.title, otherwise).await?,
        status: if cancelled { EventStatus::Cancelled } else { into.status },
        visibility: Visibility::Public,
        category: EventCategory::Other,
        original_locale: into.locale.clone(),
        texts: vec![words(&into.locale, event)?],
        hosts: vec![(into.organisation.id, HostRole::Host)],
        programme_id: None,
        schedule,
        time_note: None,
        dates,
        place: place(cx, writing, into, event).await?,
        agenda: Vec::new(),
        accessibility: Default::default(),
        price: no_price(),
        registration: Default::default(),
        contact: Default::default(),
        website,
        tags: tags::store::write::of_names(&**writing, &cx.app, &topics(event)).await?,
        sources: sources.into_iter().collect(),
        cancellation_reason: None,
        outcome: Default::default(),
        cover_id: None,
        scheduled_for: None,
    };
    let id = write::insert(&**writing, &cx.app, &new).await?;
    audit::ops::record(cx, writing, Deed::EventCreate, Subject::Event(id), &event.title, Changes::none()).await?;
    Ok(id)
}

/// Its texts.
///
/// # Errors
/// What is longer than texts here are.
pub fn words(locale: &Locale, event: &CalendarEvent) -> Result<NewEventText, Unreadable> {
    let too_long = |what: &str| Unreadable::at(event.line, What::TooLong).saying(what);
    let title = text::required_line(&event.title, text::TITLE).map_err(|_| too_long("SUMMARY"))?;
    let description = markdown::of_plain(&event.description);
    if description.chars().count() > text::BODY {
        return Err(too_long("DESCRIPTION"));
    }
    Ok(NewEventText { locale: locale.clone(), title, summary: String::new(), description: Markdown::new(&description) })
}

/// The names of its topics. Some programs write addresses of theirs among them.
#[must_use]
pub fn topics(event: &CalendarEvent) -> Vec<String> {
    let tags = event.tags.iter().filter(|tag| !tag.contains("://"));
    tags.filter_map(|tag| text::line(tag, 80).ok().flatten()).take(20).collect()
}

/// Its own page.
#[must_use]
pub fn website(event: &CalendarEvent) -> Option<WebAddress> {
    event.url.as_deref().and_then(|url| url.parse().ok())
}

/// When it is.
///
/// # Errors
/// A rule that is none.
pub fn schedule(event: &CalendarEvent) -> Result<Schedule, Unreadable> {
    let rule = event.recurrence.as_deref().map(str::parse::<Rule>).transpose();
    let recurrence = rule.map_err(|error| Unreadable::at(event.line, What::NoRule).saying(&error.to_string()))?;
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

/// The dates of its schedule.
///
/// # Errors
/// What makes no sense about them.
pub fn dates(event: &CalendarEvent, schedule: &Schedule, now: DateTime<Utc>) -> Result<Vec<PlannedDate>, Unreadable> {
    let planned = schedule::dates(schedule, schedule::horizon(now));
    planned.map_err(|unsound| Unreadable::at(event.line, What::NoDates).saying(&unsound.to_string()))
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
///
/// # Errors
/// Where the database fails.
pub async fn place(cx: &Cx, writing: &Writing, into: &Into, event: &CalendarEvent) -> Result<NewPlace, NotEntered> {
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
            let wanted = Slug::of_title(&name).or_else(|| "ort".parse().ok());
            let wanted = wanted.ok_or_else(|| Unreadable::at(event.line, What::Missing).saying("LOCATION"))?;
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
                organisation_id: into.venues_of,
                features: Vec::new(),
            };
            let id = venues::insert(&**writing, &cx.app, &new).await?;
            audit::ops::record(cx, writing, Deed::VenueCreate, Subject::Venue(id), &name, Changes::none()).await?;
            id
        }
    };
    Ok(NewPlace { venue_id: Some(id), ..nowhere })
}
