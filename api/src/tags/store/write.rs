//! Writing tags.

use std::collections::HashMap;

use entity::id::TagId;
use entity::tag::{Column, Entity, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::app::App;
use crate::db::insert;
use crate::kernel::{Slug, fold};

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
    insert::rows::<Entity>(tx, vec![Model { id, slug: new.slug.to_string(), name: new.name.clone(), merged_into: None }]).await?;
    Ok(id)
}

/// Calls a tag otherwise; its former slug leads to it.
///
/// # Errors
/// Where the database fails, or the slug is taken.
pub async fn rename(tx: &impl ConnectionTrait, app: &App, old: &Model, new: &Model) -> Result<(), DbErr> {
    if old.slug != new.slug {
        // One that led here by this slug does so by itself from now on.
        Entity::delete_many().filter(Column::Slug.eq(&new.slug)).filter(Column::MergedInto.eq(old.id)).exec(tx).await?;
    }
    Entity::update_many()
        .col_expr(Column::Name, Expr::value(&new.name))
        .col_expr(Column::Slug, Expr::value(&new.slug))
        .filter(Column::Id.eq(old.id))
        .exec(tx)
        .await?;
    if old.slug != new.slug {
        insert::rows::<Entity>(tx, vec![Model { id: app.new_id(), merged_into: Some(old.id), ..old.clone() }]).await?;
    }
    Ok(())
}

/// Every tag by its slug.
///
/// # Errors
/// Where the database fails.
pub async fn by_slug(tx: &impl ConnectionTrait) -> Result<HashMap<String, TagId>, DbErr> {
    Ok(Entity::find().all(tx).await?.into_iter().map(|tag| (tag.slug, tag.id)).collect())
}

/// The topics of these names or slugs, each once, in their order; those that are not there yet are made. However it is spelled, a name is
/// the same topic.
///
/// # Errors
/// Where the database fails.
pub async fn of_names(tx: &impl ConnectionTrait, app: &App, names: &[String]) -> Result<Vec<TagId>, DbErr> {
    let mut known = Entity::find().all(tx).await?;
    let mut found = Vec::new();
    for name in names {
        let id = match known.iter().find(|tag| tag.slug == *name || fold::for_search(&tag.name) == fold::for_search(name)) {
            Some(tag) => tag.merged_into.unwrap_or(tag.id),
            None => {
                let id: TagId = app.new_id();
                let slug = free_slug(name, id, &known);
                known.push(Model { id, slug: slug.to_string(), name: name.clone(), merged_into: None });
                insert::rows::<Entity>(tx, known.last().cloned().into_iter().collect()).await?;
                id
            }
        };
        if !found.contains(&id) {
            found.push(id);
        }
    }
    Ok(found)
}

fn free_slug(name: &str, id: TagId, known: &[Model]) -> String {
    let wanted = Slug::of_title(name).map_or_else(|| format!("thema-{}", id.0.simple()), |slug| slug.to_string());
    let is_free = |slug: &String| known.iter().all(|tag| tag.slug != *slug);
    std::iter::once(wanted.clone()).chain((2..).map(|number| format!("{wanted}-{number}"))).find(is_free).unwrap_or(wanted)
}

/// The names of tags, in the order of their ids here: what search reads of them.
///
/// # Errors
/// Where the database fails.
pub async fn names(tx: &impl ConnectionTrait, ids: &[TagId]) -> Result<Vec<String>, DbErr> {
    let mut tags = super::by_ids(tx, ids.to_vec()).await?;
    Ok(ids.iter().filter_map(|id| tags.remove(id)).map(|tag| tag.name).collect())
}
