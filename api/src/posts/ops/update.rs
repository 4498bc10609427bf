//! Changing a post.

use entity::id::PostId;
use entity::post;
use entity::words::PostStatus;

use super::edit::Edit;
use super::named;
use super::standing::{organisation, to_edit};
use crate::app::Cx;
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::db::unique;
use crate::kernel::publication::{Stage, changed};
use crate::kernel::{Fault, revision};
use crate::posts::rules::stage;
use crate::posts::store::content;
use crate::posts::store::write::{self, NewPost};
use crate::tags;

/// Changes a post. One that was approved for later and is changed by an editor who is reviewed goes back to review; one that is
/// published stays so.
///
/// # Errors
/// What [`to_edit`] refuses; refusals of what was given, all at once.
pub async fn update(cx: &Cx, id: PostId, expected_revision: Option<i32>, mut edit: Edit) -> Result<post::Model, Fault> {
    let writing = cx.begin_write().await?;
    let standing = to_edit(cx, &writing, id).await?;
    revision::check(standing.row.revision, expected_revision)?;
    let own = organisation(cx, &writing, standing.row.organisation_id).await?;
    let names = std::mem::take(&mut edit.tags);
    let old = content::of(&*writing, &standing.row).await?;
    let mut new = edit.apply(old.clone(), &own.name);
    named::check(cx, &writing, (&new, Some(&old)), Some(id.0), &mut edit.findings).await?;
    edit.findings.or_refuse()?;
    if !names.keeps() {
        new.tags = tags::store::write::of_names(&*writing, &cx.app, &names.over_list(Vec::new())).await?;
    }
    if changed(stage(new.status), named::needs_review(cx, &own)) == Stage::InReview {
        new.status = PostStatus::InReview;
    }
    let row = write::replace(&*writing, &cx.app, &standing.row, &new).await.map_err(|error| unique::taken(error, &["input", "slug"]))?;
    let title = new.texts.iter().find(|text| text.locale == new.original_locale).map_or("", |text| text.title.as_str());
    let changes = changes((&standing.row, &old), (&row, &new));
    audit::ops::record(cx, &writing, Deed::PostUpdate, Subject::Post(id), title, changes).await?;
    writing.commit().await?;
    Ok(row)
}

/// What the log tells: no texts, and nothing of people.
fn changes((before, old): (&post::Model, &NewPost), (after, new): (&post::Model, &NewPost)) -> Changes {
    let locales = |post: &NewPost| post.texts.iter().map(|text| text.locale.to_string()).collect::<Vec<_>>();
    let texts = |post: &NewPost| {
        let parts = post.texts.iter().map(|text| (text.title.clone(), text.teaser.clone(), text.body.clone(), text.plain_summary.clone()));
        parts.collect::<Vec<_>>()
    };
    Changes::none()
        .field("status", &before.status, &after.status)
        .field("slug", &before.slug, &after.slug)
        .field("kind", &before.kind, &after.kind)
        .field("cover", &before.cover_id, &after.cover_id)
        .field("audio", &before.audio_id, &after.audio_id)
        .field("programme", &before.programme_id, &after.programme_id)
        .field("readingMinutes", &before.reading_minutes, &after.reading_minutes)
        .field("mentions", &old.mentions, &new.mentions)
        .field("events", &old.events, &new.events)
        .field("tags", &old.tags, &new.tags)
        .field("locales", &locales(old), &locales(new))
        .text("texts", &texts(old), &texts(new))
        .text("contributors", &(&before.byline, &before.contributors), &(&after.byline, &after.contributors))
}
