//! The way of a post to its readers: handing in, review, publication now or later, withdrawal.

use chrono::{DateTime, Utc};
use entity::id::PostId;
use entity::post;
use entity::words::PostStatus;

use super::named::needs_review;
use super::standing::{self, finish, organisation, to_edit};
use crate::access::Action;
use crate::app::{App, Cx};
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::kernel::publication::{self, Next, Stage};
use crate::kernel::{Fault, Refusal, Why, text};
use crate::posts::jobs::{Publish, TellReturned};
use crate::posts::rules::stage;
use crate::posts::store::{self, write};

/// Publishes a post, now or at a moment ahead; hands it to review where the viewer's posts are reviewed.
///
/// # Errors
/// What [`to_edit`] refuses; [`Why::WrongState`] for what is published, [`Why::InThePast`] for a moment that is over.
pub async fn publish(cx: &Cx, id: PostId, at: Option<DateTime<Utc>>) -> Result<post::Model, Fault> {
    let writing = cx.begin_write().await?;
    let standing = to_edit(cx, &writing, id).await?;
    let own = organisation(cx, &writing, standing.row.organisation_id).await?;
    let next = publication::publish(stage(standing.row.status), needs_review(cx, &own), at, cx.now()).map_err(|why| match why {
        Why::InThePast => Refusal::at(&["at"], why),
        why => Refusal::of_state(why),
    })?;
    let mut row = standing.row.clone();
    match next {
        Next::Published => {
            (row.status, row.scheduled_for) = (PostStatus::Published, None);
            row.published_at = row.published_at.or(Some(cx.now()));
        }
        Next::Scheduled(at) => {
            (row.status, row.scheduled_for) = (PostStatus::Scheduled, Some(at));
            writing.later_once_at(&format!("{}.{}", id.0, at.timestamp_micros()), &Publish { post: id }, at).await?;
        }
        Next::InReview(at) => {
            (row.status, row.scheduled_for) = (PostStatus::InReview, at);
            // Handed in again it waits as long as before.
            row.handed_in_at = row.handed_in_at.or(Some(cx.now()));
        }
    }
    row.review_note = None;
    if row.status != PostStatus::InReview {
        row.handed_in_at = None;
    }
    finish(cx, writing, Deed::PostPublish, &standing, row).await
}

/// Publishes a post whose moment has come; not one whose moment was moved, or that was taken back.
///
/// # Errors
/// Where the database fails.
pub async fn publish_when_due(app: &App, id: PostId) -> Result<(), Fault> {
    let (writing, now) = (app.begin_write().await?, app.clock.now());
    let Some(row) = store::locked_in_our_name(&writing, id).await? else { return Ok(()) };
    let Some(at) = row.scheduled_for.filter(|at| row.status == PostStatus::Scheduled && *at <= now) else { return Ok(()) };
    let before = standing::of(&writing, row.clone()).await?;
    let row = post::Model {
        status: PostStatus::Published,
        scheduled_for: None,
        published_at: row.published_at.or(Some(at)),
        revision: row.revision + 1,
        updated_at: now,
        ..row
    };
    write::update(&*writing, &row).await?;
    let changes = Changes::none().field("status", &before.row.status, &row.status);
    audit::ops::record_of_its_own(app, &writing, Deed::PostPublish, Subject::Post(id), &before.title, changes).await?;
    Ok(writing.commit().await?)
}

/// From review back to draft, with a note to its editors, who are told by mail.
///
/// # Errors
/// [`Why::WrongState`] for what is not in review; [`Why::Required`] without a note.
pub async fn return_with_note(cx: &Cx, id: PostId, note: &str) -> Result<post::Model, Fault> {
    let writing = cx.begin_write().await?;
    let standing = standing::seen(cx, &writing, id).await?;
    cx.authorise(&Action::ReviewContent)?;
    let note = text::required_lines(note, text::SUMMARY * 2).map_err(|why| Refusal::at(&["note"], why))?;
    if standing.row.status != PostStatus::InReview {
        return Err(Refusal::of_state(Why::WrongState).into());
    }
    let row = post::Model { status: PostStatus::Draft, review_note: Some(note), handed_in_at: None, ..standing.row.clone() };
    writing.later(&TellReturned { post: id, at: cx.now() }).await?;
    finish(cx, writing, Deed::PostReturn, &standing, row).await
}

/// Back to draft: out of review, off the schedule, or away from its readers.
///
/// # Errors
/// What [`to_edit`] refuses; [`Why::WrongState`] for a draft.
pub async fn unpublish(cx: &Cx, id: PostId) -> Result<post::Model, Fault> {
    let writing = cx.begin_write().await?;
    let standing = to_edit(cx, &writing, id).await?;
    if stage(standing.row.status) == Stage::Draft {
        return Err(Refusal::of_state(Why::WrongState).into());
    }
    let row = post::Model { status: PostStatus::Draft, scheduled_for: None, handed_in_at: None, ..standing.row.clone() };
    finish(cx, writing, Deed::PostUnpublish, &standing, row).await
}
