//! SQL of seats: the pool that is locked to give one, and how many are taken.

use std::collections::HashMap;

use entity::id::{EventId, OccurrenceId, SeatPoolId};
use entity::seat_pool::{Column, Entity, Model};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    Select,
};

/// The pool of a date, or of an event as a whole, which nobody else changes until the transaction ends.
///
/// # Errors
/// Where the database fails.
pub async fn lock(
    tx: &DatabaseTransaction,
    new_id: SeatPoolId,
    event_id: EventId,
    occurrence_id: Option<OccurrenceId>,
) -> Result<Model, DbErr> {
    if let Some(pool) = locked(tx, event_id, occurrence_id).await? {
        return Ok(pool);
    }
    // Of those who are first at the same time, one makes it, and all wait for it.
    let pool = Model { id: new_id, event_id, occurrence_id, taken: 0, waiting: 0, last_number: 0 };
    let insert = Entity::insert(pool.into_active_model()).on_conflict(OnConflict::new().do_nothing().to_owned());
    insert.exec_without_returning(tx).await?;
    locked(tx, event_id, occurrence_id).await?.ok_or_else(|| DbErr::RecordNotFound("a seat pool that was just made".to_owned()))
}

/// Seats that are taken of a date, or of an event as a whole, at this moment.
///
/// # Errors
/// Where the database fails.
pub async fn taken(db: &impl ConnectionTrait, event_id: EventId, occurrence_id: Option<OccurrenceId>) -> Result<i32, DbErr> {
    Ok(of(event_id, occurrence_id).one(db).await?.map_or(0, |pool| pool.taken))
}

fn of(event_id: EventId, occurrence_id: Option<OccurrenceId>) -> Select<Entity> {
    match occurrence_id {
        Some(id) => Entity::find().filter(Column::OccurrenceId.eq(id)),
        None => Entity::find().filter(Column::EventId.eq(event_id)).filter(Column::OccurrenceId.is_null()),
    }
}

async fn locked(tx: &DatabaseTransaction, event_id: EventId, occurrence_id: Option<OccurrenceId>) -> Result<Option<Model>, DbErr> {
    let select = of(event_id, occurrence_id);
    // On SQLite who writes is alone anyhow.
    let select = if tx.get_database_backend() == DatabaseBackend::Postgres { select.lock_exclusive() } else { select };
    select.one(tx).await
}

/// The pools of an event for which somebody waits.
///
/// # Errors
/// Where the database fails.
pub async fn waited_for(db: &impl ConnectionTrait, id: EventId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::EventId.eq(id)).filter(Column::Waiting.gt(0)).all(db).await
}

/// Writes the counts of a pool that is locked.
///
/// # Errors
/// Where the database fails.
pub async fn write_counts(tx: &DatabaseTransaction, pool: &Model) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Taken, pool.taken.into())
        .col_expr(Column::Waiting, pool.waiting.into())
        .col_expr(Column::LastNumber, pool.last_number.into())
        .filter(Column::Id.eq(pool.id))
        .exec(tx)
        .await?;
    Ok(())
}

/// The pools of these dates; none where nobody registered yet.
///
/// # Errors
/// Where the database fails.
pub async fn of_dates(db: &impl ConnectionTrait, ids: Vec<OccurrenceId>) -> Result<HashMap<OccurrenceId, Model>, DbErr> {
    let pools = Entity::find().filter(Column::OccurrenceId.is_in(ids)).all(db).await?;
    Ok(pools.into_iter().filter_map(|pool| Some((pool.occurrence_id?, pool))).collect())
}

/// The pools of these events as a whole; none where nobody registered yet.
///
/// # Errors
/// Where the database fails.
pub async fn of_events(db: &impl ConnectionTrait, ids: Vec<EventId>) -> Result<HashMap<EventId, Model>, DbErr> {
    let pools = Entity::find().filter(Column::EventId.is_in(ids)).filter(Column::OccurrenceId.is_null()).all(db).await?;
    Ok(pools.into_iter().map(|pool| (pool.event_id, pool)).collect())
}
