//! SQL that writes people.

use chrono::{DateTime, Utc};
use entity::id::PersonId;
use entity::person::{Column, Entity, Model};
use entity::words::NetworkRole;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::access::ADMINISTRATOR;

/// The person with this address, made where there is none.
///
/// # Errors
/// Where the database fails.
pub async fn find_or_make(tx: &DatabaseTransaction, new: Model) -> Result<Model, DbErr> {
    let email = new.email.clone();
    let insert = Entity::insert(new.into_active_model()).on_conflict(OnConflict::column(Column::Email).do_nothing().to_owned());
    insert.exec_without_returning(tx).await?;
    let found = Entity::find().filter(Column::Email.eq(email)).one(tx).await?;
    found.ok_or_else(|| DbErr::RecordNotFound("a person who was just made".to_owned()))
}

/// A person, changed by nobody else until the transaction ends.
///
/// # Errors
/// Where the database fails.
pub async fn lock(tx: &DatabaseTransaction, id: PersonId) -> Result<Option<Model>, DbErr> {
    locked(tx, Entity::find_by_id(id)).one(tx).await
}

/// The administrators, in one order whoever asks, none of whom anybody else changes until the transaction ends.
///
/// # Errors
/// Where the database fails.
pub async fn lock_administrators(tx: &DatabaseTransaction) -> Result<Vec<Model>, DbErr> {
    locked(tx, Entity::find().filter(Column::NetworkRole.eq(ADMINISTRATOR)).order_by_asc(Column::Id)).all(tx).await
}

// On SQLite who writes is alone anyhow.
fn locked(tx: &DatabaseTransaction, select: sea_orm::Select<Entity>) -> sea_orm::Select<Entity> {
    if tx.get_database_backend() == DatabaseBackend::Postgres { select.lock_exclusive() } else { select }
}

/// Notes that a person signed in.
///
/// # Errors
/// Where the database fails.
pub async fn note_sign_in(tx: &impl ConnectionTrait, id: PersonId, now: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::LastSignedInAt, Expr::value(now)).filter(Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}

/// Writes how a person is called and spoken to.
///
/// # Errors
/// Where the database fails.
pub async fn describe(tx: &impl ConnectionTrait, id: PersonId, name: Option<String>, locale: String) -> Result<(), DbErr> {
    let described = Entity::update_many().col_expr(Column::Name, Expr::value(name)).col_expr(Column::Locale, Expr::value(locale));
    described.filter(Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}

/// Ends the secret addresses of a person's calendars that were given with another version.
///
/// # Errors
/// Where the database fails.
pub async fn set_calendar_version(tx: &impl ConnectionTrait, id: PersonId, version: i32) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::CalendarVersion, Expr::value(version)).filter(Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}

/// Gives a person a part in the network's office, or takes it away.
///
/// # Errors
/// Where the database fails.
pub async fn set_network_role(tx: &impl ConnectionTrait, id: PersonId, role: Option<NetworkRole>) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::NetworkRole, Expr::value(role)).filter(Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}
