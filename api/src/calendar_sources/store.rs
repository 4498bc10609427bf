//! SQL of calendars that are kept elsewhere, and of what came from them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::calendar_source::{Column, Entity, Model};
use entity::id::OrganisationId;
use entity::words::ImportedKind;
use entity::{imported, occurrence};
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Set,
};

/// Things that are named in one statement at the most.
const AT_ONCE: usize = 500;

/// The calendars of organisations.
///
/// # Errors
/// Where the database fails.
pub async fn of(db: &impl ConnectionTrait, ids: Vec<OrganisationId>) -> Result<HashMap<OrganisationId, Model>, DbErr> {
    let rows = Entity::find().filter(Column::OrganisationId.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.organisation_id, row)).collect())
}

/// The calendar of an organisation, as it is once nobody else changes it.
///
/// # Errors
/// Where the database fails.
pub async fn locked(tx: &DatabaseTransaction, id: OrganisationId) -> Result<Option<Model>, DbErr> {
    let select = Entity::find_by_id(id);
    // On SQLite who writes is alone anyhow.
    if tx.get_database_backend() == DatabaseBackend::Postgres { select.lock_exclusive() } else { select }.one(tx).await
}

/// Enters a calendar, or writes it anew.
///
/// # Errors
/// Where the database fails.
pub async fn put(tx: &DatabaseTransaction, row: Model) -> Result<(), DbErr> {
    use sea_orm::Iterable;
    let again = OnConflict::column(Column::OrganisationId)
        .update_columns(Column::iter().filter(|column| !matches!(column, Column::OrganisationId | Column::CreatedAt)))
        .to_owned();
    Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// Forgets where a calendar is; not what came from it.
///
/// # Errors
/// Where the database fails.
pub async fn remove(tx: &DatabaseTransaction, id: OrganisationId) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

/// Whose calendars are due, the one that waits longest first.
///
/// # Errors
/// Where the database fails.
pub async fn due(db: &impl ConnectionTrait, now: DateTime<Utc>, most: u64) -> Result<Vec<OrganisationId>, DbErr> {
    let select = Entity::find().select_only().column(Column::OrganisationId).filter(Column::DueAt.lte(now));
    select.order_by_asc(Column::DueAt).limit(most).into_tuple().all(db).await
}

/// Takes the turn to fetch a calendar that is due, until a moment at which it is due again should we be stopped. None where it is not due,
/// or another took it.
///
/// # Errors
/// Where the database fails.
pub async fn claim(tx: &DatabaseTransaction, id: OrganisationId, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<Option<Model>, DbErr> {
    let turn = Entity::update_many().col_expr(Column::DueAt, until.into()).col_expr(Column::TriedAt, now.into());
    let turn = turn.filter(Column::OrganisationId.eq(id)).filter(Column::DueAt.lte(now)).exec(tx).await?;
    if turn.rows_affected == 0 { Ok(None) } else { Entity::find_by_id(id).one(tx).await }
}

/// Writes how fetching went, unless somebody gave another address meanwhile.
///
/// # Errors
/// Where the database fails.
pub async fn finish(tx: &DatabaseTransaction, row: Model) -> Result<(), DbErr> {
    let (id, revision) = (row.organisation_id, row.revision);
    let update = Entity::update_many().set(row.into_active_model().reset_all());
    update.filter(Column::OrganisationId.eq(id)).filter(Column::Revision.eq(revision)).exec(tx).await?;
    Ok(())
}

/// What is to be known of an event that came in before, to see whether anything is new.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Came {
    /// What it is called there.
    pub source_id: String,
    /// What it said.
    pub fingerprint: String,
    /// In which calendar it was seen last.
    pub seen_in: Option<String>,
    /// Since when it is missing there.
    pub missing_since: Option<DateTime<Utc>>,
}

/// What came in before from a source, by what it is called there.
///
/// # Errors
/// Where the database fails.
pub async fn came(db: &impl ConnectionTrait, source: &str) -> Result<HashMap<String, Came>, DbErr> {
    use imported::Column;
    let select = imported::Entity::find().select_only().column(Column::SourceId);
    let select = select.column(Column::Fingerprint).column(Column::SeenIn).column(Column::MissingSince);
    let select = select.filter(Column::Kind.eq(ImportedKind::Event)).filter(Column::Source.eq(source));
    let rows: Vec<Came> = select.into_model().all(db).await?;
    Ok(rows.into_iter().map(|came| (came.source_id.clone(), came)).collect())
}

/// What was seen last in a calendar, is not over, and was not cancelled or withdrawn here for what it said.
///
/// # Errors
/// Where the database fails.
pub async fn awaited(db: &impl ConnectionTrait, source: &str, seen_in: &str, now: DateTime<Utc>) -> Result<Vec<imported::Model>, DbErr> {
    use imported::Column;
    let ahead = Query::select()
        .column(occurrence::Column::EventId)
        .from(occurrence::Entity)
        .and_where(occurrence::Column::OverAt.gt(now))
        .and_where(occurrence::Column::IsCancelled.eq(false))
        .to_owned();
    let select = imported::Entity::find().filter(Column::Kind.eq(ImportedKind::Event)).filter(Column::Source.eq(source));
    let select = select.filter(Column::SeenIn.eq(seen_in)).filter(Column::WithdrawnAt.is_null());
    select.filter(Column::TargetId.in_subquery(ahead)).order_by_asc(Column::SourceId).all(db).await
}

/// Notes that events are missing in the calendar that they came from.
///
/// # Errors
/// Where the database fails.
pub async fn miss(tx: &DatabaseTransaction, source: &str, ids: &[String], now: DateTime<Utc>) -> Result<(), DbErr> {
    use imported::Column;
    for some in ids.chunks(AT_ONCE) {
        let update = imported::Entity::update_many().col_expr(Column::MissingSince, now.into());
        let update = update.filter(Column::Kind.eq(ImportedKind::Event)).filter(Column::Source.eq(source));
        update.filter(Column::SourceId.is_in(some.iter().cloned())).exec(tx).await?;
    }
    Ok(())
}

/// Notes that an event was withdrawn here because it was missing there.
///
/// # Errors
/// Where the database fails.
pub async fn withdrawn(tx: &DatabaseTransaction, row: &imported::Model, revision: i32, now: DateTime<Utc>) -> Result<(), DbErr> {
    let mut row = row.clone().into_active_model();
    (row.revision, row.withdrawn_at, row.updated_at) = (Set(revision), Set(Some(now)), Set(now));
    row.update(tx).await?;
    Ok(())
}

/// Notes that an event is called otherwise where it came from.
///
/// # Errors
/// Where the database fails.
pub async fn rename(tx: &DatabaseTransaction, source: &str, before: &str, after: &str) -> Result<(), DbErr> {
    use imported::Column;
    let update = imported::Entity::update_many().col_expr(Column::SourceId, after.into());
    let update = update.filter(Column::Kind.eq(ImportedKind::Event)).filter(Column::Source.eq(source));
    update.filter(Column::SourceId.eq(before)).exec(tx).await?;
    Ok(())
}
