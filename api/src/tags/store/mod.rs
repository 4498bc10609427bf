//! SQL of tags.

pub mod write;

use std::collections::HashMap;
use std::hash::Hash;

use entity::id::TagId;
use entity::tag::{Column, Entity, Model};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

/// Every tag, by name.
///
/// # Errors
/// Where the database fails.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    let mut tags = Entity::find().order_by_asc(Column::Id).all(db).await?;
    tags.sort_by_cached_key(|tag| crate::kernel::fold::for_sorting(&tag.name));
    Ok(tags)
}

/// The tags of these ids.
///
/// # Errors
/// Where the database fails.
pub async fn by_ids(db: &impl ConnectionTrait, ids: Vec<TagId>) -> Result<HashMap<TagId, Model>, DbErr> {
    Ok(Entity::find().filter(Column::Id.is_in(ids)).all(db).await?.into_iter().map(|tag| (tag.id, tag)).collect())
}

/// Puts tags to what they belong to, from the links in their order.
///
/// # Errors
/// Where the database fails.
pub async fn of_links<K: Hash + Eq>(db: &impl ConnectionTrait, links: Vec<(K, TagId)>) -> Result<HashMap<K, Vec<Model>>, DbErr> {
    let tags = by_ids(db, links.iter().map(|(_, tag)| *tag).collect()).await?;
    let mut tagged: HashMap<K, Vec<Model>> = HashMap::new();
    for (owner, id) in links {
        tagged.entry(owner).or_default().extend(tags.get(&id).cloned());
    }
    Ok(tagged)
}
