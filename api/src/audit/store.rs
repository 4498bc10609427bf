//! SQL of the audit log.

use std::collections::HashMap;

use entity::audit_entry::{Column, Entity, Model};
use entity::id::AuditEntryId;
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryTrait};

use crate::db::insert;
use crate::db::keyset::{self, Direction};
use crate::kernel::{Cursor, PageRequest, Slice, SortKey};

/// Writes an entry.
///
/// # Errors
/// Where the database fails.
pub async fn insert(db: &impl ConnectionTrait, entry: Model) -> Result<(), DbErr> {
    insert::rows::<Entity>(db, vec![entry]).await
}

/// The entries with these ids.
///
/// # Errors
/// Where the database fails.
pub async fn by_ids(db: &impl ConnectionTrait, ids: Vec<AuditEntryId>) -> Result<HashMap<AuditEntryId, Model>, DbErr> {
    Ok(Entity::find().filter(Column::Id.is_in(ids)).all(db).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// A page of the log, the latest first.
///
/// # Errors
/// Where the database fails.
pub async fn page(db: &impl ConnectionTrait, page: &PageRequest, count: bool) -> Result<Slice<Model>, DbErr> {
    let total = if count { Some(Entity::find().count(db).await?) } else { None };
    let (key, id): (SimpleExpr, SimpleExpr) = (Expr::col((Entity, Column::At)), Expr::col((Entity, Column::Id)));
    let mut query = Entity::find().filter(keyset::between(page, Direction::Descending, &key, &id));
    keyset::order_and_limit(QueryTrait::query(&mut query), page, Direction::Descending, &key, &id);
    let found = query.all(db).await?.into_iter().map(|row| (Cursor { key: SortKey::Time(row.at), id: row.id.0 }, row)).collect();
    Ok(Slice::cut(found, page, total))
}
