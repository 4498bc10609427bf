//! What every use case of a post begins and ends with: the post as it stands, and what is noted of its change.

use entity::id::{OrganisationId, PostId};
use entity::{organisation, post};

use crate::access::Action;
use crate::app::{Cx, Writing};
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::kernel::{Fault, Refused};
use crate::organisations;
use crate::posts::store::{self, parts, write};

/// A post that nobody else changes meanwhile.
pub(super) struct Standing {
    /// Its row.
    pub row: post::Model,
    /// How it is called.
    pub title: String,
}

/// The post with this id, where the viewer may edit it.
///
/// # Errors
/// [`Refused::NotFound`] for what the viewer does not see, [`Refused::Forbidden`] for what is not theirs.
pub(super) async fn to_edit(cx: &Cx, writing: &Writing, id: PostId) -> Result<Standing, Fault> {
    let standing = seen(cx, writing, id).await?;
    cx.authorise(&Action::EditPost(standing.row.organisation_id))?;
    Ok(standing)
}

/// The post with this id, where the viewer may see it.
///
/// # Errors
/// [`Refused::NotFound`] for what the viewer does not see.
pub(super) async fn seen(cx: &Cx, writing: &Writing, id: PostId) -> Result<Standing, Fault> {
    let row = store::locked(writing, &cx.viewer, id).await?.ok_or(Refused::NotFound)?;
    of(writing, row).await
}

/// What belongs to a row.
pub(super) async fn of(writing: &Writing, row: post::Model) -> Result<Standing, Fault> {
    let heads = parts::heads(&**writing, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    let title = heads.into_iter().find(|head| head.locale == row.original_locale).map(|head| head.title).unwrap_or_default();
    Ok(Standing { row, title })
}

/// The organisation in whose name a post is.
///
/// # Errors
/// Where the database fails, or the viewer does not see it.
pub(super) async fn organisation(cx: &Cx, writing: &Writing, id: OrganisationId) -> Result<organisation::Model, Fault> {
    Ok(organisations::store::by_ids(&**writing, &cx.viewer, vec![id]).await?.remove(&id).ok_or(Refused::NotFound)?)
}

/// Writes how far a post is now, and notes it.
pub(super) async fn finish(cx: &Cx, writing: Writing, deed: Deed, before: &Standing, row: post::Model) -> Result<post::Model, Fault> {
    let row = post::Model { revision: before.row.revision + 1, updated_at: cx.now(), ..row };
    write::update(&*writing, &row).await?;
    let changes = Changes::none().field("status", &before.row.status, &row.status);
    let changes = changes.field("scheduledFor", &before.row.scheduled_for, &row.scheduled_for);
    audit::ops::record(cx, &writing, deed, Subject::Post(row.id), &before.title, changes).await?;
    writing.commit().await?;
    Ok(row)
}
