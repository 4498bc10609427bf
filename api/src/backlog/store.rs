//! SQL of dead letters.

use entity::job::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryTrait};

use crate::db::keyset::{self, Direction};
use crate::kernel::{Cursor, PageRequest, Slice, SortKey};

/// A page of dead letters, the latest first.
///
/// # Errors
/// Where the database fails.
pub async fn dead_letters(db: &impl ConnectionTrait, page: &PageRequest, count: bool) -> Result<Slice<Model>, DbErr> {
    let matching = Entity::find().filter(Column::FailedAt.is_not_null());
    let total = if count { Some(matching.clone().count(db).await?) } else { None };
    let (key, id): (SimpleExpr, SimpleExpr) = (Expr::col((Entity, Column::FailedAt)), Expr::col((Entity, Column::Id)));
    let mut query = matching.filter(keyset::between(page, Direction::Descending, &key, &id));
    keyset::order_and_limit(QueryTrait::query(&mut query), page, Direction::Descending, &key, &id);
    let rows = query.all(db).await?;
    let found = rows.into_iter().filter_map(|row| Some((Cursor { key: SortKey::Time(row.failed_at?), id: row.id.0 }, row))).collect();
    Ok(Slice::cut(found, page, total))
}
