//! One date of an event: moved, elsewhere, cancelled by itself, or with seats of its own.

use chrono::{DateTime, Utc};
use entity::id::OccurrenceId;
use entity::{event, occurrence};

use super::edit::{PlaceEdit, place};
use super::named;
use super::reschedule::is_elsewhere_or_elsewhen;
use super::standing::to_edit;
use crate::app::{Cx, Writing};
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::events::jobs::{Happened, Reoffered, What};
use crate::events::rules::course::is_out;
use crate::events::rules::schedule::{instant, local, over_at};
use crate::events::store::{content, dates, occurrences};
use crate::kernel::refusal::Expected;
use crate::kernel::{Fault, Findings, Patch, Refused, Why, revision};
use crate::live::Change;

/// What becomes of a date. What could not be read is noted in the findings.
#[derive(Debug)]
pub struct DateEdit {
    /// When it starts. Its end and its doors go along where nothing else is said of them.
    pub starts_at: Patch<DateTime<Utc>>,
    /// When it ends.
    pub ends_at: Patch<DateTime<Utc>>,
    /// When the doors open.
    pub doors_at: Patch<DateTime<Utc>>,
    /// Where it is; back to the event's where cleared.
    pub place: Patch<PlaceEdit>,
    /// Whether it does not take place.
    pub cancelled: Patch<bool>,
    /// Why.
    pub reason: Patch<String>,
    /// Its seats; the event's where cleared.
    pub capacity: Patch<i32>,
    /// What is wrong already.
    pub findings: Findings,
}

/// Changes one date of an event. Whoever is registered for it is told where its time or place changes, or whether it takes place.
///
/// # Errors
/// What [`to_edit`] refuses of its event; refusals of what was given, all at once.
pub async fn update_date(
    cx: &Cx,
    id: OccurrenceId,
    expected_revision: Option<i32>,
    mut edit: DateEdit,
) -> Result<(event::Model, occurrence::Model), Fault> {
    let writing = cx.begin_write().await?;
    let named = occurrences::by_ids(&*writing, &cx.viewer, vec![id]).await?.remove(&id).ok_or(Refused::NotFound)?;
    let standing = to_edit(cx, &writing, named.event_id).await?;
    // As it is now that nobody else changes it.
    let row = occurrences::by_ids(&*writing, &cx.viewer, vec![id]).await?.remove(&id).ok_or(Refused::NotFound)?;
    revision::check(row.revision, expected_revision)?;
    let mut next = elsewhen(&standing.row, &row, &mut edit);
    elsewhere(&writing, &standing.row, &mut next, &mut edit).await?;
    if let Some(is_cancelled) = edit.findings.take("cancelled", edit.cancelled.over_required(row.is_cancelled)) {
        next.is_cancelled = is_cancelled;
    }
    next.cancellation_reason = edit.reason.over(row.cancellation_reason.clone()).filter(|_| next.is_cancelled);
    next.capacity = edit.capacity.over(row.capacity);
    if next.capacity.is_some_and(|capacity| capacity < 0) {
        edit.findings.refuse(&["capacity"], Why::Invalid(Expected::NotNegative));
    }
    edit.findings.or_refuse()?;
    let happened = what_happened(&row, &next);
    if next == row {
        return Ok((standing.row, row));
    }
    next.revision += 1;
    next.sequence += i32::from(happened.is_some());
    next.updated_at = cx.now();
    dates::update(&*writing, &next).await?;
    if let Some(what) = happened.filter(|_| is_out(standing.row.status) && next.over_at.max(row.over_at) > cx.now()) {
        writing.later(&Happened { event: standing.row.id, occurrence: Some(id), what, at: cx.now() }).await?;
    }
    if row.capacity != next.capacity || (row.is_cancelled && !next.is_cancelled) {
        writing.later_once(&standing.row.id.0.to_string(), &Reoffered { event: standing.row.id }).await?;
    }
    audit::ops::record(cx, &writing, Deed::OccurrenceUpdate, Subject::Occurrence(id), &standing.title, changes(&row, &next)).await?;
    writing.announce(Change::Seats { event: standing.row.id, date: Some(id) });
    writing.commit().await?;
    Ok((standing.row, next))
}

fn elsewhen(event: &event::Model, row: &occurrence::Model, edit: &mut DateEdit) -> occurrence::Model {
    let zone = event.time_zone.parse().unwrap_or(chrono_tz::UTC);
    let take = std::mem::take::<Patch<DateTime<Utc>>>;
    let starts_at = edit.findings.take("startsAt", take(&mut edit.starts_at).over_required(row.starts_at)).unwrap_or(row.starts_at);
    let by = local(starts_at, zone) - local(row.starts_at, zone);
    let along = |at: DateTime<Utc>| local(at, zone).checked_add_signed(by).map_or(at, |moved| instant(moved, zone));
    let ends_at = take(&mut edit.ends_at).over(row.ends_at.map(along));
    let doors_at = take(&mut edit.doors_at).over(row.doors_at.map(along));
    if ends_at.is_some_and(|end| end <= starts_at) {
        edit.findings.refuse(&["endsAt"], Why::EndsBeforeStart);
    }
    if doors_at.is_some_and(|doors| doors > starts_at) {
        edit.findings.refuse(&["doorsAt"], Why::Invalid(Expected::BeforeStart));
    }
    let is_midnight = |at: DateTime<Utc>| instant(local(at, zone).date().and_time(chrono::NaiveTime::MIN), zone) == at;
    if event.is_all_day && !std::iter::once(starts_at).chain(ends_at).all(is_midnight) {
        edit.findings.refuse(&["startsAt"], Why::Invalid(Expected::Midnight));
    }
    occurrence::Model { starts_at, ends_at, doors_at, over_at: over_at(starts_at, ends_at, zone), ..row.clone() }
}

async fn elsewhere(writing: &Writing, event: &event::Model, next: &mut occurrence::Model, edit: &mut DateEdit) -> Result<(), Fault> {
    let of_event = content::place_of_event(event)?;
    let old = content::place_of_date(next)?;
    let new = match std::mem::take(&mut edit.place) {
        Patch::Clear => of_event.clone(),
        patch => edit.findings.within(&["place"], |findings| place(old.clone(), patch, findings)),
    };
    if let Some(id) = new.venue_id.filter(|id| Some(*id) != old.venue_id) {
        named::check_venue(writing, id, &["place", "venueId"], &mut edit.findings).await?;
    }
    next.place_is_own = new != of_event;
    next.mode = new.mode;
    next.venue_id = new.venue_id;
    next.room = new.room;
    next.online_url = new.online_url.map(|address| address.to_string());
    Ok(())
}

fn what_happened(before: &occurrence::Model, after: &occurrence::Model) -> Option<What> {
    match (before.is_cancelled, after.is_cancelled) {
        (false, true) => Some(What::Cancelled),
        (true, false) => Some(What::Reinstated),
        _ => is_elsewhere_or_elsewhen(before, after).then_some(What::Moved),
    }
}

fn changes(before: &occurrence::Model, after: &occurrence::Model) -> Changes {
    Changes::none()
        .field("startsAt", &before.starts_at, &after.starts_at)
        .field("endsAt", &before.ends_at, &after.ends_at)
        .field("doorsAt", &before.doors_at, &after.doors_at)
        .field("mode", &before.mode, &after.mode)
        .field("venue", &before.venue_id, &after.venue_id)
        .field("room", &before.room, &after.room)
        .text("onlineUrl", &before.online_url, &after.online_url)
        .field("cancelled", &before.is_cancelled, &after.is_cancelled)
        .field("capacity", &before.capacity, &after.capacity)
}
