//! Announcing an event: as a draft.

use entity::event;
use entity::words::{AttendanceMode, EventCategory, EventStatus, Visibility};

use super::edit::{Edit, no_price, wrong_at_horizon};
use super::{named, standing};
use crate::app::{Cx, Writing};
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::db::unique;
use crate::events::rules::schedule::{self, Schedule};
use crate::events::store::write::{self, NewDate, NewEvent, NewPlace};
use crate::kernel::{Fault, Locale, Refused, Slug};
use crate::tags;

/// Begins an event, as a draft of the host that answers for it.
///
/// # Errors
/// [`Refused::Forbidden`] where the viewer does not edit for the first of its hosts; refusals of what was given, all at once.
pub async fn create(cx: &Cx, mut edit: Edit) -> Result<event::Model, Fault> {
    let writing = cx.begin_write().await?;
    let network = named::network(&writing).await?;
    let zone = network.time_zone.parse().unwrap_or(chrono_tz::UTC);
    let (slug, names) = (edit.slug.clone(), std::mem::take(&mut edit.tags));
    let original = edit.texts.first().map(|text| text.locale.clone()).or_else(|| network.default_locale.parse().ok());
    let mut event = edit.apply(empty(original.unwrap_or_else(Locale::german))?, zone);
    named::authorise_host(cx, &event).await?;
    if slug.keeps() {
        event.slug = named::free_slug(&writing, &event).await?;
    }
    named::check(cx, &writing, (&event, None), None, &mut edit.findings).await?;
    edit.findings.or_refuse()?;
    event.tags = tags::store::write::of_names(&*writing, &cx.app, &names.over_list(Vec::new())).await?;
    insert(cx, writing, event, Deed::EventCreate).await
}

/// Inserts an event with the dates of its schedule.
pub(super) async fn insert(cx: &Cx, writing: Writing, mut event: NewEvent, deed: Deed) -> Result<event::Model, Fault> {
    let planned = schedule::dates(&event.schedule, schedule::horizon(cx.now())).map_err(|unsound| wrong_at_horizon(&unsound))?;
    event.dates = planned.into_iter().map(NewDate::planned).collect();
    let id = write::insert(&*writing, &cx.app, &event).await.map_err(|error| unique::taken(error, &["input", "slug"]))?;
    let made = standing::seen(cx, &writing, id).await?;
    audit::ops::record(cx, &writing, deed, Subject::Event(id), &made.title, Changes::none()).await?;
    writing.commit().await?;
    Ok(made.row)
}

/// What a first change is applied to: nothing is known of it.
fn empty(original_locale: Locale) -> Result<NewEvent, Fault> {
    let slug: Slug = "veranstaltung".parse().map_err(|_| Refused::NotFound)?;
    Ok(NewEvent {
        slug,
        status: EventStatus::Draft,
        visibility: Visibility::Public,
        category: EventCategory::Other,
        original_locale,
        texts: Vec::new(),
        hosts: Vec::new(),
        programme_id: None,
        schedule: Schedule {
            starts_at: chrono::DateTime::UNIX_EPOCH,
            ends_at: None,
            doors_at: None,
            is_all_day: false,
            zone: chrono_tz::UTC,
            recurrence: None,
            except_dates: Vec::new(),
            further_dates: Vec::new(),
        },
        time_note: None,
        dates: Vec::new(),
        place: NewPlace { mode: AttendanceMode::Onsite, venue_id: None, room: None, online_url: None },
        agenda: Vec::new(),
        accessibility: Default::default(),
        price: no_price(),
        registration: Default::default(),
        contact: Default::default(),
        website: None,
        tags: Vec::new(),
        sources: Vec::new(),
        cancellation_reason: None,
        outcome: Default::default(),
        cover_id: None,
        scheduled_for: None,
    })
}
