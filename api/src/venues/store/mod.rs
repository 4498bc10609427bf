//! SQL of venues. All of them are public.

pub mod content;
pub mod write;

use std::collections::HashMap;

use entity::id::VenueId;
use entity::venue::{Column, Entity, Model};
use entity::venue_feature;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};

use crate::db::grouping;
use crate::db::keyset::{self, Direction};
use crate::db::like;
use crate::kernel::{Cursor, PageRequest, Slice, SortKey};

/// A page of venues, by name.
///
/// # Errors
/// Where the database fails.
pub async fn page(db: &impl ConnectionTrait, search: Option<&str>, page: &PageRequest, count: bool) -> Result<Slice<Model>, DbErr> {
    let words = search.map(|words| like::contains_every_word((Entity, Column::SearchText), words));
    let matching = Entity::find().filter(Condition::all().add(Column::MergedInto.is_null()).add_option(words));
    let total = if count { Some(matching.clone().count(db).await?) } else { None };
    let (key, id): (SimpleExpr, SimpleExpr) = (Expr::col((Entity, Column::NameKey)), Expr::col((Entity, Column::Id)));
    let mut query = matching.filter(keyset::between(page, Direction::Ascending, &key, &id));
    keyset::order_and_limit(QueryTrait::query(&mut query), page, Direction::Ascending, &key, &id);
    let rows = query.all(db).await?;
    let found = rows.into_iter().map(|row| (Cursor { key: SortKey::Text(row.name_key.clone()), id: row.id.0 }, row)).collect();
    Ok(Slice::cut(found, page, total))
}

/// Those of these ids; for one that was merged, the one that it was merged into.
///
/// # Errors
/// Where the database fails.
pub async fn by_ids(db: &impl ConnectionTrait, ids: Vec<VenueId>) -> Result<HashMap<VenueId, Model>, DbErr> {
    let these = || Column::Id.is_in(ids.iter().copied());
    let into =
        Entity::find().filter(these()).select_only().column(Column::MergedInto).filter(Column::MergedInto.is_not_null()).into_query();
    let found = Entity::find().filter(these().or(Column::Id.in_subquery(into))).all(db).await?;
    let all: HashMap<VenueId, Model> = found.into_iter().map(|row| (row.id, row)).collect();
    let of = |id: VenueId| all.get(&id).and_then(|venue| venue.merged_into.map_or(Some(venue), |into| all.get(&into)));
    Ok(ids.iter().filter_map(|id| Some((*id, of(*id)?.clone()))).collect())
}

/// What is known of their accessibility.
///
/// # Errors
/// Where the database fails.
pub async fn features(db: &impl ConnectionTrait, ids: Vec<VenueId>) -> Result<HashMap<VenueId, Vec<venue_feature::Model>>, DbErr> {
    use venue_feature::{Column, Entity};
    Ok(grouping::by(Entity::find().filter(Column::VenueId.is_in(ids)).order_by_asc(Column::Feature).all(db).await?, |row| row.venue_id))
}

/// The one whose name, folded for sorting, is this.
///
/// # Errors
/// Where the database fails.
pub async fn by_name(db: &impl ConnectionTrait, name_key: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::NameKey.eq(name_key)).filter(Column::MergedInto.is_null()).order_by_asc(Column::Id).one(db).await
}

/// A venue as it is once nobody else changes it.
///
/// # Errors
/// Where the database fails.
pub async fn locked(tx: &DatabaseTransaction, id: VenueId) -> Result<Option<Model>, DbErr> {
    let select = Entity::find_by_id(id);
    // On SQLite who writes is alone anyhow.
    if tx.get_database_backend() == DatabaseBackend::Postgres { select.lock_exclusive() } else { select }.one(tx).await
}
