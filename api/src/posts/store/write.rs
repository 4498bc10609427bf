//! Writing posts.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::{EventId, MediaId, OrganisationId, PostId, ProgrammeId, TagId};
use entity::lists::Contributor;
use entity::post::{Column, Entity, Model};
use entity::words::{PostKind, PostStatus, SluggedKind};
use entity::{former_slug, post_event, post_mention, post_tag, post_text};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};

use crate::app::App;
use crate::db::former_slug::Slugged;
use crate::db::insert;
use crate::kernel::translations::InLanguage;
use crate::kernel::{Locale, Markdown, Slug, WebAddress, fold};
use crate::organisations::store::write as organisations;
use crate::programmes::store::write as programmes;
use crate::tags::store::write as tags;

/// A post in one language, to be written.
#[derive(Clone, Debug)]
pub struct NewPostText {
    /// The language.
    pub locale: Locale,
    /// Title.
    pub title: String,
    /// A sentence or two that lead into it.
    pub teaser: String,
    /// The text.
    pub body: Markdown,
    /// In easy words.
    pub plain_summary: Option<String>,
}

impl InLanguage for NewPostText {
    fn locale(&self) -> &Locale {
        &self.locale
    }
}

/// A post to be written.
#[derive(Clone, Debug)]
pub struct NewPost {
    /// Readable part of its address.
    pub slug: Slug,
    /// What sort of text it is.
    pub kind: PostKind,
    /// How far it is on its way.
    pub status: PostStatus,
    /// Whose post it is.
    pub organisation_id: OrganisationId,
    /// Programme that it belongs to.
    pub programme_id: Option<ProgrammeId>,
    /// Language of the text that the others translate.
    pub original_locale: Locale,
    /// Its texts.
    pub texts: Vec<NewPostText>,
    /// As printed under the title.
    pub byline: String,
    /// Minutes to read, where its editor gave them.
    pub reading_minutes: Option<i32>,
    /// Who made it.
    pub contributors: Vec<Contributor>,
    /// Where its facts were found.
    pub sources: Vec<WebAddress>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// When it is to be published.
    pub scheduled_for: Option<DateTime<Utc>>,
    /// Organisations that it speaks of, in order.
    pub mentions: Vec<OrganisationId>,
    /// Events that it speaks of, in order.
    pub events: Vec<EventId>,
    /// The picture above it.
    pub cover_id: Option<MediaId>,
    /// The recording that is played in it.
    pub audio_id: Option<MediaId>,
    /// Topics, in order.
    pub tags: Vec<TagId>,
}

/// What may have the slug of a post.
pub const SLUGGED: Slugged<Entity> =
    Slugged { kind: SluggedKind::Post, own: Column::Slug, id: Column::Id, target: former_slug::Column::PostId };

/// Inserts a post with its texts and all that it is linked to.
///
/// # Errors
/// Where the database fails, or the slug is taken.
pub async fn insert(tx: &impl ConnectionTrait, app: &App, new: &NewPost) -> Result<PostId, DbErr> {
    let (id, now): (PostId, _) = (app.new_id(), app.clock.now());
    insert::rows::<Entity>(tx, vec![row(id, new, search_text(tx, new).await?, now)]).await?;
    insert_parts(tx, id, new).await?;
    Ok(id)
}

/// Writes a post anew with its texts and all that it is linked to; gives its row. Since when it is published stays, and what the office
/// noted.
///
/// # Errors
/// Where the database fails, or the slug is taken.
pub async fn replace(tx: &impl ConnectionTrait, app: &App, old: &Model, new: &NewPost) -> Result<Model, DbErr> {
    let now = app.clock.now();
    let row = Model {
        revision: old.revision + 1,
        review_note: old.review_note.clone(),
        created_at: old.created_at,
        handed_in_at: (new.status == PostStatus::InReview).then(|| old.handed_in_at.unwrap_or(now)),
        ..row(old.id, new, search_text(tx, new).await?, now)
    };
    update(tx, &row).await?;
    post_text::Entity::delete_many().filter(post_text::Column::PostId.eq(old.id)).exec(tx).await?;
    post_mention::Entity::delete_many().filter(post_mention::Column::PostId.eq(old.id)).exec(tx).await?;
    post_event::Entity::delete_many().filter(post_event::Column::PostId.eq(old.id)).exec(tx).await?;
    post_tag::Entity::delete_many().filter(post_tag::Column::PostId.eq(old.id)).exec(tx).await?;
    insert_parts(tx, old.id, new).await?;
    if old.slug != row.slug {
        let former = former_slug::Model {
            kind: SluggedKind::Post,
            slug: old.slug.clone(),
            organisation_id: None,
            post_id: Some(old.id),
            event_id: None,
            programme_id: None,
            created_at: now,
        };
        SLUGGED.remember(tx, former, &new.slug).await?;
    }
    Ok(row)
}

/// Writes the row of a post.
///
/// # Errors
/// Where the database fails.
pub async fn update(tx: &impl ConnectionTrait, row: &Model) -> Result<(), DbErr> {
    Entity::update_many().set(row.clone().into_active_model().reset_all()).filter(Column::Id.eq(row.id)).exec(tx).await?;
    Ok(())
}

/// Deletes a post with all that belongs to it.
///
/// # Errors
/// Where the database fails.
pub async fn delete(tx: &impl ConnectionTrait, id: PostId) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

fn row(id: PostId, new: &NewPost, search_text: String, now: DateTime<Utc>) -> Model {
    Model {
        id,
        revision: 1,
        slug: new.slug.to_string(),
        kind: new.kind,
        status: new.status,
        organisation_id: new.organisation_id,
        programme_id: new.programme_id,
        original_locale: new.original_locale.to_string(),
        byline: new.byline.clone(),
        reading_minutes: new.reading_minutes,
        contributors: new.contributors.clone().into(),
        sources: new.sources.iter().map(ToString::to_string).collect::<Vec<_>>().into(),
        published_at: new.published_at,
        scheduled_for: new.scheduled_for,
        review_note: None,
        search_title: fold::for_search(&new.texts.iter().map(|text| text.title.as_str()).collect::<Vec<_>>().join("\n")),
        search_text,
        created_at: now,
        updated_at: now,
        handed_in_at: (new.status == PostStatus::InReview).then_some(now),
        cover_id: new.cover_id,
        audio_id: new.audio_id,
    }
}

async fn insert_parts(tx: &impl ConnectionTrait, id: PostId, new: &NewPost) -> Result<(), DbErr> {
    insert::rows::<post_text::Entity>(tx, new.texts.iter().map(|text| text_row(id, text)).collect()).await?;
    let mentions =
        (0..).zip(&new.mentions).map(|(position, &organisation_id)| post_mention::Model { post_id: id, organisation_id, position });
    insert::rows::<post_mention::Entity>(tx, mentions.collect()).await?;
    let events = (0..).zip(&new.events).map(|(position, &event_id)| post_event::Model { post_id: id, event_id, position });
    insert::rows::<post_event::Entity>(tx, events.collect()).await?;
    let tags = (0..).zip(&new.tags).map(|(position, &tag_id)| post_tag::Model { post_id: id, tag_id, position });
    insert::rows::<post_tag::Entity>(tx, tags.collect()).await
}

/// Every post by its slug, and by those that it had before.
///
/// # Errors
/// Where the database fails.
pub async fn by_slug(tx: &impl ConnectionTrait) -> Result<HashMap<String, PostId>, DbErr> {
    let former = former_slug::Entity::find().filter(former_slug::Column::Kind.eq(SluggedKind::Post)).all(tx).await?;
    let before = former.into_iter().filter_map(|row| Some((row.slug, row.post_id?)));
    let own: Vec<(String, PostId)> = Entity::find().select_only().columns([Column::Slug, Column::Id]).into_tuple().all(tx).await?;
    Ok(before.chain(own).collect())
}

fn text_row(post_id: PostId, text: &NewPostText) -> post_text::Model {
    post_text::Model {
        post_id,
        locale: text.locale.to_string(),
        title: text.title.clone(),
        teaser: text.teaser.clone(),
        body_markdown: text.body.as_str().to_owned(),
        body_html: text.body.to_html(),
        body_words: i32::try_from(text.body.word_count()).unwrap_or(i32::MAX),
        plain_summary: text.plain_summary.clone(),
    }
}

/// What search reads of a post: its texts, who made it, whose it is, of whom it speaks, and its topics.
///
/// # Errors
/// Where the database fails.
pub async fn search_text(tx: &impl ConnectionTrait, new: &NewPost) -> Result<String, DbErr> {
    let mut parts: Vec<String> = Vec::new();
    for text in &new.texts {
        parts.extend([text.title.clone(), text.teaser.clone(), text.body.to_plain_text()]);
        parts.extend(text.plain_summary.clone());
    }
    parts.push(new.byline.clone());
    parts.extend(new.contributors.iter().map(|contributor| contributor.name.clone()));
    let named: Vec<OrganisationId> = std::iter::once(new.organisation_id).chain(new.mentions.iter().copied()).collect();
    parts.extend(organisations::names_of(tx, &named).await?);
    if let Some(programme) = new.programme_id {
        parts.extend(programmes::names_of(tx, programme).await?);
    }
    parts.extend(tags::names(tx, &new.tags).await?);
    Ok(fold::for_search(&parts.join("\n")))
}
