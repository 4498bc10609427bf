//! SQL of what belongs to posts, for many at once.

use std::collections::HashMap;

use entity::id::{EventId, OrganisationId, PostId};
use entity::{organisation, post_event, post_mention, post_tag, post_text, tag};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

use crate::access::Viewer;
use crate::db::grouping;

/// What a list shows of a post in one language: all but its body.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Head {
    /// The post.
    pub post_id: PostId,
    /// The language.
    pub locale: String,
    /// Title.
    pub title: String,
    /// Teaser.
    pub teaser: String,
    /// Words of the body.
    pub body_words: i32,
}

/// What lists show of them, in all languages.
///
/// # Errors
/// Where the database fails.
pub async fn heads(db: &impl ConnectionTrait, ids: Vec<PostId>) -> Result<HashMap<PostId, Vec<Head>>, DbErr> {
    use post_text::{Column, Entity};
    let select = Entity::find().select_only().columns([Column::PostId, Column::Locale, Column::Title, Column::Teaser, Column::BodyWords]);
    Ok(grouping::by(select.filter(Column::PostId.is_in(ids)).order_by_asc(Column::Locale).into_model::<Head>().all(db).await?, |row| {
        row.post_id
    }))
}

/// Their whole texts in all languages.
///
/// # Errors
/// Where the database fails.
pub async fn texts(db: &impl ConnectionTrait, ids: Vec<PostId>) -> Result<HashMap<PostId, Vec<post_text::Model>>, DbErr> {
    use post_text::{Column, Entity};
    Ok(grouping::by(Entity::find().filter(Column::PostId.is_in(ids)).order_by_asc(Column::Locale).all(db).await?, |row| row.post_id))
}

/// The organisations that they speak of, of which a viewer sees those they may.
///
/// # Errors
/// Where the database fails.
pub async fn mentions(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: Vec<PostId>,
) -> Result<HashMap<PostId, Vec<organisation::Model>>, DbErr> {
    use post_mention::{Column, Entity};
    let links = Entity::find().filter(Column::PostId.is_in(ids)).order_by_asc(Column::Position).all(db).await?;
    let wanted: Vec<OrganisationId> = links.iter().map(|link| link.organisation_id).collect();
    let organisations = crate::organisations::store::by_ids(db, viewer, wanted).await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for link in links {
        found.entry(link.post_id).or_default().extend(organisations.get(&link.organisation_id).cloned());
    }
    Ok(found)
}

/// The events that they speak of, in their order.
///
/// # Errors
/// Where the database fails.
pub async fn events(db: &impl ConnectionTrait, ids: Vec<PostId>) -> Result<HashMap<PostId, Vec<EventId>>, DbErr> {
    use post_event::{Column, Entity};
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for link in Entity::find().filter(Column::PostId.is_in(ids)).order_by_asc(Column::Position).all(db).await? {
        found.entry(link.post_id).or_default().push(link.event_id);
    }
    Ok(found)
}

/// The posts that speak of events.
///
/// # Errors
/// Where the database fails.
pub async fn of_events(db: &impl ConnectionTrait, ids: Vec<EventId>) -> Result<HashMap<EventId, Vec<PostId>>, DbErr> {
    use post_event::{Column, Entity};
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for link in Entity::find().filter(Column::EventId.is_in(ids)).order_by_desc(Column::PostId).all(db).await? {
        found.entry(link.event_id).or_default().push(link.post_id);
    }
    Ok(found)
}

/// Their topics.
///
/// # Errors
/// Where the database fails.
pub async fn tags(db: &impl ConnectionTrait, ids: Vec<PostId>) -> Result<HashMap<PostId, Vec<tag::Model>>, DbErr> {
    use post_tag::{Column, Entity};
    let links = Entity::find().filter(Column::PostId.is_in(ids)).order_by_asc(Column::Position).all(db).await?;
    crate::tags::store::of_links(db, links.into_iter().map(|link| (link.post_id, link.tag_id)).collect()).await
}
