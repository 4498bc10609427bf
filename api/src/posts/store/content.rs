//! A post as it was written, read back to be written anew.

use entity::post::Model;
use entity::{post_event, post_mention, post_tag, post_text};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::write::{NewPost, NewPostText};
use crate::db::written::read;
use crate::kernel::Markdown;

/// All that was written of a post.
///
/// # Errors
/// Where the database fails, or holds what we would not have written.
pub async fn of(tx: &impl ConnectionTrait, row: &Model) -> Result<NewPost, DbErr> {
    let texts = post_text::Entity::find().filter(post_text::Column::PostId.eq(row.id));
    let texts = texts.order_by_asc(post_text::Column::Locale).all(tx).await?;
    let mut texts: Vec<NewPostText> = texts.into_iter().map(text).collect::<Result<_, _>>()?;
    // The original first, as whoever writes gives it.
    texts.sort_by_key(|text| text.locale.as_str() != row.original_locale);
    let mentions = post_mention::Entity::find().filter(post_mention::Column::PostId.eq(row.id));
    let mentions = mentions.order_by_asc(post_mention::Column::Position).all(tx).await?;
    let events = post_event::Entity::find().filter(post_event::Column::PostId.eq(row.id));
    let events = events.order_by_asc(post_event::Column::Position).all(tx).await?;
    let tags = post_tag::Entity::find().filter(post_tag::Column::PostId.eq(row.id));
    let tags = tags.order_by_asc(post_tag::Column::Position).all(tx).await?;
    Ok(NewPost {
        slug: read("slug", &row.slug)?,
        kind: row.kind,
        status: row.status,
        organisation_id: row.organisation_id,
        programme_id: row.programme_id,
        original_locale: read("language", &row.original_locale)?,
        texts,
        byline: row.byline.clone(),
        reading_minutes: row.reading_minutes,
        contributors: row.contributors.0.clone(),
        sources: row.sources.0.iter().map(|source| read("source", source)).collect::<Result<_, _>>()?,
        published_at: row.published_at,
        scheduled_for: row.scheduled_for,
        mentions: mentions.into_iter().map(|mention| mention.organisation_id).collect(),
        events: events.into_iter().map(|link| link.event_id).collect(),
        cover_id: row.cover_id,
        audio_id: row.audio_id,
        tags: tags.into_iter().map(|tag| tag.tag_id).collect(),
    })
}

fn text(row: post_text::Model) -> Result<NewPostText, DbErr> {
    Ok(NewPostText {
        locale: read("language", &row.locale)?,
        title: row.title,
        teaser: row.teaser,
        body: Markdown::new(&row.body_markdown),
        plain_summary: row.plain_summary,
    })
}
