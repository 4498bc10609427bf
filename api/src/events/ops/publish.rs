//! The way of an event to its public: handing in, review, publication now or later, withdrawal.

use chrono::{DateTime, Utc};
use entity::event;
use entity::id::EventId;
use entity::words::EventStatus;

use super::standing::{self, Standing, note_status, to_edit};
use super::{named, tombstone};
use crate::access::Action;
use crate::app::{App, Cx, Writing};
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::events::jobs::{Publish, TellReturned, What};
use crate::events::rules::course::{is_out, stage};
use crate::events::store::{dates, write};
use crate::kernel::publication::{self, Next, Stage};
use crate::kernel::{Fault, Refusal, Why, text};

/// Publishes an event, now or at a moment ahead; hands it to review where the viewer's events are reviewed.
///
/// # Errors
/// What [`to_edit`] refuses; [`Why::WrongState`] for what is published, [`Why::InThePast`] for a moment that is over.
pub async fn publish(cx: &Cx, id: EventId, at: Option<DateTime<Utc>>) -> Result<event::Model, Fault> {
    let writing = cx.begin_write().await?;
    let standing = to_edit(cx, &writing, id).await?;
    let needs_review = named::needs_review(cx, &writing, standing.host).await?;
    let next = publication::publish(stage(standing.row.status), needs_review, at, cx.now()).map_err(|why| match why {
        Why::InThePast => Refusal::at(&["at"], why),
        why => Refusal::of_state(why),
    })?;
    let mut row = standing.row.clone();
    match next {
        Next::Published => {
            (row.status, row.scheduled_for) = (EventStatus::Published, None);
            make_public(&mut row, cx.now());
        }
        Next::Scheduled(at) => {
            (row.status, row.scheduled_for) = (EventStatus::Scheduled, Some(at));
            writing.later_once_at(&format!("{}.{}", id.0, at.timestamp_micros()), &Publish { event: id }, at).await?;
        }
        Next::InReview(at) => {
            (row.status, row.scheduled_for) = (EventStatus::InReview, at);
            // Handed in again it waits as long as before.
            row.handed_in_at = row.handed_in_at.or(Some(cx.now()));
        }
    }
    row.review_note = None;
    if row.status != EventStatus::InReview {
        row.handed_in_at = None;
    }
    finish(cx, writing, Deed::EventPublish, &standing, row).await
}

/// Publishes an event whose moment has come; not one whose moment was moved, or that was taken back.
///
/// # Errors
/// Where the database fails.
pub async fn publish_when_due(app: &App, id: EventId) -> Result<(), Fault> {
    let writing = app.begin_write().await?;
    let Some(row) = dates::locked_in_our_name(&*writing, id).await? else { return Ok(()) };
    let is_due = row.status == EventStatus::Scheduled && row.scheduled_for.is_some_and(|at| at <= app.clock.now());
    if !is_due {
        return Ok(());
    }
    let before = standing::of(&writing, row.clone()).await?;
    let mut row = event::Model { status: EventStatus::Published, scheduled_for: None, revision: row.revision + 1, ..row };
    make_public(&mut row, app.clock.now());
    row.updated_at = app.clock.now();
    tombstone::keep_or_lift(&*writing, &before.row, &row, app.clock.now()).await?;
    write::update(&*writing, &row).await?;
    let changes = Changes::none().field("status", &before.row.status, &row.status);
    audit::ops::record_of_its_own(app, &writing, Deed::EventPublish, Subject::Event(id), &before.title, changes).await?;
    Ok(writing.commit().await?)
}

/// From review back to draft, with a note to its editors, who are told by mail.
///
/// # Errors
/// [`Why::WrongState`] for what is not in review; [`Why::Required`] without a note.
pub async fn return_with_note(cx: &Cx, id: EventId, note: &str) -> Result<event::Model, Fault> {
    let writing = cx.begin_write().await?;
    let standing = standing::seen(cx, &writing, id).await?;
    cx.authorise(&Action::ReviewContent)?;
    let note = text::required_lines(note, text::SUMMARY * 2).map_err(|why| Refusal::at(&["note"], why))?;
    if standing.row.status != EventStatus::InReview {
        return Err(Refusal::of_state(Why::WrongState).into());
    }
    let row = event::Model { status: EventStatus::Draft, review_note: Some(note), handed_in_at: None, ..standing.row.clone() };
    writing.later(&TellReturned { event: id, at: cx.now() }).await?;
    finish(cx, writing, Deed::EventReturn, &standing, row).await
}

/// Hands a draft in to review, whoever asks for it.
///
/// # Errors
/// What [`to_edit`] refuses; [`Why::WrongState`] for what is no draft.
pub async fn hand_in(cx: &Cx, id: EventId) -> Result<event::Model, Fault> {
    let writing = cx.begin_write().await?;
    let standing = to_edit(cx, &writing, id).await?;
    if stage(standing.row.status) != Stage::Draft {
        return Err(Refusal::of_state(Why::WrongState).into());
    }
    let row = event::Model { status: EventStatus::InReview, review_note: None, handed_in_at: Some(cx.now()), ..standing.row.clone() };
    finish(cx, writing, Deed::EventPublish, &standing, row).await
}

/// Back to draft: out of review, off the schedule, or away from its public. Whoever is registered is told that it does not take place.
///
/// # Errors
/// What [`to_edit`] refuses; [`Why::WrongState`] for a draft.
pub async fn unpublish(cx: &Cx, id: EventId) -> Result<event::Model, Fault> {
    let writing = cx.begin_write().await?;
    let standing = to_edit(cx, &writing, id).await?;
    let mut row = standing.row.clone();
    if stage(row.status) == Stage::Draft {
        return Err(Refusal::of_state(Why::WrongState).into());
    }
    if is_out(row.status) {
        if row.status != EventStatus::Cancelled {
            standing::tell(cx, &writing, &row, What::Cancelled).await?;
        }
        row.sequence += 1;
        row.revised_at = cx.now();
    }
    (row.status, row.scheduled_for, row.handed_in_at) = (EventStatus::Draft, None, None);
    finish(cx, writing, Deed::EventUnpublish, &standing, row).await
}

/// What its public has seen before and sees again has changed for calendars.
fn make_public(row: &mut event::Model, now: DateTime<Utc>) {
    if row.published_at.is_some() {
        row.sequence += 1;
    }
    row.published_at = row.published_at.or(Some(now));
    row.revised_at = now;
}

/// Writes how far an event is now, and notes it.
pub(super) async fn finish(cx: &Cx, writing: Writing, deed: Deed, before: &Standing, row: event::Model) -> Result<event::Model, Fault> {
    let row = event::Model { revision: before.row.revision + 1, updated_at: cx.now(), ..row };
    tombstone::keep_or_lift(&*writing, &before.row, &row, cx.now()).await?;
    write::update(&*writing, &row).await?;
    if deed == Deed::EventPublish && row.status == EventStatus::Published && before.row.published_at.is_some() {
        standing::tell(cx, &writing, &row, What::Reinstated).await?;
    }
    note_status(cx, &writing, deed, before, &row).await?;
    writing.commit().await?;
    Ok(row)
}
