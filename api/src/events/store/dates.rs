//! Writing the dates of an event.

use std::collections::HashSet;

use chrono::TimeDelta;
use entity::id::{EventId, OccurrenceId};
use entity::occurrence::{Column, Entity, Model};
use entity::{event, seat_pool};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseBackend, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::visible_to;
use crate::access::Viewer;
use crate::db::insert;

/// An event as it is once nobody else changes it, where the viewer may see it.
///
/// # Errors
/// Where the database fails.
pub async fn locked(tx: &impl ConnectionTrait, viewer: &Viewer, id: EventId) -> Result<Option<event::Model>, DbErr> {
    let select = visible_to(viewer).filter(event::Column::Id.eq(id));
    // On SQLite who writes is alone anyhow.
    if tx.get_database_backend() == DatabaseBackend::Postgres { select.lock_exclusive() } else { select }.one(tx).await
}

/// An event as it is once nobody else changes it, for what is done in our own name.
///
/// # Errors
/// Where the database fails.
pub async fn locked_in_our_name(tx: &impl ConnectionTrait, id: EventId) -> Result<Option<event::Model>, DbErr> {
    let select = event::Entity::find_by_id(id);
    if tx.get_database_backend() == DatabaseBackend::Postgres { select.lock_exclusive() } else { select }.one(tx).await
}

/// The dates of an event, in the order in which its schedule has them.
///
/// # Errors
/// Where the database fails.
pub async fn of(tx: &impl ConnectionTrait, id: EventId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::EventId.eq(id)).order_by_asc(Column::OriginalStartsAt).all(tx).await
}

/// Inserts dates.
///
/// # Errors
/// Where the database fails.
pub async fn insert(tx: &impl ConnectionTrait, dates: Vec<Model>) -> Result<(), DbErr> {
    insert::rows::<Entity>(tx, dates).await
}

/// Writes a date anew.
///
/// # Errors
/// Where the database fails.
pub async fn update(tx: &impl ConnectionTrait, row: &Model) -> Result<(), DbErr> {
    Entity::update_many().set(row.clone().into_active_model().reset_all()).filter(Column::Id.eq(row.id)).exec(tx).await?;
    Ok(())
}

/// Writes dates anew that may take each other's places in the schedule.
///
/// # Errors
/// Where the database fails.
pub async fn update_together(tx: &impl ConnectionTrait, before: &[Model], after: &[Model]) -> Result<(), DbErr> {
    let moves = |row: &&Model| before.iter().any(|old| old.id == row.id && old.original_starts_at != row.original_starts_at);
    for row in after.iter().filter(moves) {
        // Out of the way first, as each place is one date's.
        let aside = row.original_starts_at - TimeDelta::days(365 * 1000);
        let update = Entity::update_many().col_expr(Column::OriginalStartsAt, aside.into()).filter(Column::Id.eq(row.id));
        update.exec(tx).await?;
    }
    for row in after {
        update(tx, row).await?;
    }
    Ok(())
}

/// Removes dates that nobody registered for.
///
/// # Errors
/// Where the database fails.
pub async fn remove(tx: &impl ConnectionTrait, ids: Vec<OccurrenceId>) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Id.is_in(ids)).exec(tx).await?;
    Ok(())
}

/// For which dates of an event somebody registered; and whether for the event as a whole.
///
/// # Errors
/// Where the database fails.
pub async fn registered_for(tx: &impl ConnectionTrait, id: EventId) -> Result<(HashSet<OccurrenceId>, bool), DbErr> {
    use seat_pool::{Column, Entity};
    let pools = Entity::find().filter(Column::EventId.eq(id)).filter(Column::LastNumber.gt(0)).all(tx).await?;
    let whole = pools.iter().any(|pool| pool.occurrence_id.is_none());
    Ok((pools.into_iter().filter_map(|pool| pool.occurrence_id).collect(), whole))
}

/// Those events whose rules have no end, by which they recur for ever.
///
/// # Errors
/// Where the database fails.
pub async fn without_end(db: &impl ConnectionTrait) -> Result<Vec<EventId>, DbErr> {
    let endless = |word: &str| event::Column::Recurrence.not_like(format!("%{word}=%"));
    let select = event::Entity::find().select_only().column(event::Column::Id).filter(event::Column::Recurrence.is_not_null());
    select.filter(endless("COUNT")).filter(endless("UNTIL")).order_by_asc(event::Column::Id).into_tuple().all(db).await
}
