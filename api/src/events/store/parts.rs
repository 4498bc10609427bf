//! SQL of what belongs to events, for many at once.

use std::collections::HashMap;

use entity::id::EventId;
use entity::{event_feature, event_host, event_language, event_tag, event_text, tag};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

use crate::db::grouping;

/// What a list shows of an event in one language: all but its description.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Head {
    /// The event.
    pub event_id: EventId,
    /// The language.
    pub locale: String,
    /// Title.
    pub title: String,
    /// A sentence or two.
    pub summary: String,
}

/// What lists show of them, in all languages.
///
/// # Errors
/// Where the database fails.
pub async fn heads(db: &impl ConnectionTrait, ids: Vec<EventId>) -> Result<HashMap<EventId, Vec<Head>>, DbErr> {
    use event_text::{Column, Entity};
    let select = Entity::find().select_only().columns([Column::EventId, Column::Locale, Column::Title, Column::Summary]);
    Ok(grouping::by(select.filter(Column::EventId.is_in(ids)).order_by_asc(Column::Locale).into_model::<Head>().all(db).await?, |row| {
        row.event_id
    }))
}

/// Their whole texts in all languages.
///
/// # Errors
/// Where the database fails.
pub async fn texts(db: &impl ConnectionTrait, ids: Vec<EventId>) -> Result<HashMap<EventId, Vec<event_text::Model>>, DbErr> {
    use event_text::{Column, Entity};
    Ok(grouping::by(Entity::find().filter(Column::EventId.is_in(ids)).order_by_asc(Column::Locale).all(db).await?, |row| row.event_id))
}

/// Their hosts, the one answerable first.
///
/// # Errors
/// Where the database fails.
pub async fn hosts(db: &impl ConnectionTrait, ids: Vec<EventId>) -> Result<HashMap<EventId, Vec<event_host::Model>>, DbErr> {
    use event_host::{Column, Entity};
    Ok(grouping::by(Entity::find().filter(Column::EventId.is_in(ids)).order_by_asc(Column::Position).all(db).await?, |row| row.event_id))
}

/// The languages that they are held in or interpreted into.
///
/// # Errors
/// Where the database fails.
pub async fn languages(db: &impl ConnectionTrait, ids: Vec<EventId>) -> Result<HashMap<EventId, Vec<event_language::Model>>, DbErr> {
    use event_language::{Column, Entity};
    Ok(grouping::by(Entity::find().filter(Column::EventId.is_in(ids)).order_by_asc(Column::Position).all(db).await?, |row| row.event_id))
}

/// What they state of their accessibility.
///
/// # Errors
/// Where the database fails.
pub async fn features(db: &impl ConnectionTrait, ids: Vec<EventId>) -> Result<HashMap<EventId, Vec<event_feature::Model>>, DbErr> {
    use event_feature::{Column, Entity};
    Ok(grouping::by(Entity::find().filter(Column::EventId.is_in(ids)).order_by_asc(Column::Feature).all(db).await?, |row| row.event_id))
}

/// Their topics.
///
/// # Errors
/// Where the database fails.
pub async fn tags(db: &impl ConnectionTrait, ids: Vec<EventId>) -> Result<HashMap<EventId, Vec<tag::Model>>, DbErr> {
    use event_tag::{Column, Entity};
    let links = Entity::find().filter(Column::EventId.is_in(ids)).order_by_asc(Column::Position).all(db).await?;
    crate::tags::store::of_links(db, links.into_iter().map(|link| (link.event_id, link.tag_id)).collect()).await
}
