//! SQL of tags.

pub mod write;

use std::collections::HashMap;
use std::hash::Hash;

use entity::id::TagId;
use entity::tag::{Column, Entity, Model};
use entity::words::{EventStatus, PostStatus, Visibility};
use entity::{event, event_tag, organisation_tag, post, post_tag};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};

/// Every tag that something public bears, by name; all of them where `with_unused`. What a draft is about is nobody's business yet.
///
/// # Errors
/// Where the database fails.
pub async fn all(db: &impl ConnectionTrait, with_unused: bool) -> Result<Vec<Model>, DbErr> {
    let shown = Condition::any().add(is_borne_by_an_organisation()).add(is_borne_by_an_event()).add(is_borne_by_a_post());
    let select = Entity::find().filter(Column::MergedInto.is_null()).filter(if with_unused { Condition::all() } else { shown });
    let mut tags = select.order_by_asc(Column::Id).all(db).await?;
    tags.sort_by_cached_key(|tag| crate::kernel::fold::for_sorting(&tag.name));
    Ok(tags)
}

fn is_borne_by_an_organisation() -> SimpleExpr {
    let links = Query::select().column(organisation_tag::Column::TagId).from(organisation_tag::Entity).take();
    Expr::col((Entity, Column::Id)).in_subquery(links)
}

fn is_borne_by_an_event() -> SimpleExpr {
    let published = [EventStatus::Published, EventStatus::Postponed, EventStatus::Cancelled];
    let links = Query::select()
        .column((event_tag::Entity, event_tag::Column::TagId))
        .from(event_tag::Entity)
        .inner_join(event::Entity, Expr::col((event::Entity, event::Column::Id)).equals((event_tag::Entity, event_tag::Column::EventId)))
        .and_where(event::Column::Status.is_in(published))
        .and_where(event::Column::Visibility.eq(Visibility::Public))
        .take();
    Expr::col((Entity, Column::Id)).in_subquery(links)
}

fn is_borne_by_a_post() -> SimpleExpr {
    let links = Query::select()
        .column((post_tag::Entity, post_tag::Column::TagId))
        .from(post_tag::Entity)
        .inner_join(post::Entity, Expr::col((post::Entity, post::Column::Id)).equals((post_tag::Entity, post_tag::Column::PostId)))
        .and_where(post::Column::Status.eq(PostStatus::Published))
        .take();
    Expr::col((Entity, Column::Id)).in_subquery(links)
}

/// The tags of these ids; for one that was merged, the one that it was merged into.
///
/// # Errors
/// Where the database fails.
pub async fn by_ids(db: &impl ConnectionTrait, ids: Vec<TagId>) -> Result<HashMap<TagId, Model>, DbErr> {
    let named = Entity::find()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .select_only()
        .column(Column::MergedInto)
        .filter(Column::MergedInto.is_not_null())
        .into_query();
    let found = Entity::find().filter(Column::Id.is_in(ids.iter().copied()).or(Column::Id.in_subquery(named))).all(db).await?;
    let all: HashMap<TagId, Model> = found.into_iter().map(|tag| (tag.id, tag)).collect();
    let of = |id: TagId| all.get(&id).and_then(|tag| tag.merged_into.map_or(Some(tag), |into| all.get(&into)));
    Ok(ids.into_iter().filter_map(|id| Some((id, of(id)?.clone()))).collect())
}

/// Tags as they are once nobody else changes them; not those that were merged.
///
/// # Errors
/// Where the database fails.
pub async fn locked(tx: &DatabaseTransaction, ids: Vec<TagId>) -> Result<HashMap<TagId, Model>, DbErr> {
    // In one order, whoever changes which.
    let select = Entity::find().filter(Column::Id.is_in(ids)).filter(Column::MergedInto.is_null()).order_by_asc(Column::Id);
    // On SQLite who writes is alone anyhow.
    let select = if tx.get_database_backend() == DatabaseBackend::Postgres { select.lock_exclusive() } else { select };
    Ok(select.all(tx).await?.into_iter().map(|tag| (tag.id, tag)).collect())
}

/// All tags but one, also those that were merged: they have their slugs.
///
/// # Errors
/// Where the database fails.
pub async fn others(db: &impl ConnectionTrait, own: TagId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.ne(own)).all(db).await
}

/// That a tag has this slug, or has taken in one that had it.
#[must_use]
pub fn is_called(slug: &str) -> SimpleExpr {
    let merged = Alias::new("merged");
    let of_merged = Query::select()
        .column((merged.clone(), Column::MergedInto))
        .from_as(Entity, merged.clone())
        .and_where(Expr::col((merged.clone(), Column::Slug)).eq(slug))
        .and_where(Expr::col((merged, Column::MergedInto)).is_not_null())
        .take();
    Expr::col((Entity, Column::Slug)).eq(slug).or(Expr::col((Entity, Column::Id)).in_subquery(of_merged))
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
