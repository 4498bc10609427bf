//! Writing tags.

use std::collections::HashMap;

use entity::id::TagId;
use entity::tag::{Entity, Model};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};

use crate::app::App;
use crate::db::insert;
use crate::kernel::Slug;

/// A topic to be written.
#[derive(Clone, Debug)]
pub struct NewTag {
    /// Its stable name in filters.
    pub slug: Slug,
    /// Name to show.
    pub name: String,
}

/// Inserts a tag.
///
/// # Errors
/// Where the database fails, or the slug is taken.
pub async fn insert(tx: &impl ConnectionTrait, app: &App, new: &NewTag) -> Result<TagId, DbErr> {
    let id: TagId = app.new_id();
    insert::rows::<Entity>(tx, vec![Model { id, slug: new.slug.to_string(), name: new.name.clone() }]).await?;
    Ok(id)
}

/// Every tag by its slug.
///
/// # Errors
/// Where the database fails.
pub async fn by_slug(tx: &impl ConnectionTrait) -> Result<HashMap<String, TagId>, DbErr> {
    Ok(Entity::find().all(tx).await?.into_iter().map(|tag| (tag.slug, tag.id)).collect())
}

/// The names of tags, in the order of their ids here: what search reads of them.
///
/// # Errors
/// Where the database fails.
pub async fn names(tx: &impl ConnectionTrait, ids: &[TagId]) -> Result<Vec<String>, DbErr> {
    let mut tags = super::by_ids(tx, ids.to_vec()).await?;
    Ok(ids.iter().filter_map(|id| tags.remove(id)).map(|tag| tag.name).collect())
}
