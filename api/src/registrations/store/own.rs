//! SQL of a person's own registrations: those of the address that they proved to be theirs.

use std::collections::HashMap;

use entity::id::{EventId, PersonId};
use entity::registration::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QueryTrait};

use super::is_of;
use crate::db::grouping;
use crate::db::keyset::{self, Direction};
use crate::kernel::{Cursor, PageRequest, Slice, SortKey};

/// A page of them, the latest first.
///
/// # Errors
/// Where the database fails.
pub async fn page(db: &impl ConnectionTrait, person: PersonId, page: &PageRequest, count: bool) -> Result<Slice<Model>, DbErr> {
    let matching = Entity::find().filter(is_of(person));
    let total = if count { Some(matching.clone().count(db).await?) } else { None };
    let (key, id): (SimpleExpr, SimpleExpr) = (Expr::col((Entity, Column::CreatedAt)), Expr::col((Entity, Column::Id)));
    let mut query = matching.filter(keyset::between(page, Direction::Descending, &key, &id));
    keyset::order_and_limit(QueryTrait::query(&mut query), page, Direction::Descending, &key, &id);
    let found = query.all(db).await?.into_iter().map(|row| (Cursor { key: SortKey::Time(row.created_at), id: row.id.0 }, row)).collect();
    Ok(Slice::cut(found, page, total))
}

/// Those for these events.
///
/// # Errors
/// Where the database fails.
pub async fn of_events(db: &impl ConnectionTrait, person: PersonId, ids: Vec<EventId>) -> Result<HashMap<EventId, Vec<Model>>, DbErr> {
    let own = Entity::find().filter(is_of(person)).filter(Column::EventId.is_in(ids)).order_by_asc(Column::Id);
    Ok(grouping::by(own.all(db).await?, |row| row.event_id))
}
