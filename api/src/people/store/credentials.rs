//! SQL of sessions and access tokens.

use chrono::{DateTime, Utc};
use entity::id::{AccessTokenId, PersonId, SessionId};
use entity::{access_token, session};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder};

/// The session with this secret, until it ends.
///
/// # Errors
/// Where the database fails.
pub async fn session(db: &impl ConnectionTrait, secret_hash: &str, now: DateTime<Utc>) -> Result<Option<session::Model>, DbErr> {
    use session::{Column, Entity};
    Entity::find().filter(Column::SecretHash.eq(secret_hash)).filter(Column::ExpiresAt.gt(now)).one(db).await
}

/// The access token with this secret, until it ends.
///
/// # Errors
/// Where the database fails.
pub async fn access_token(db: &impl ConnectionTrait, secret_hash: &str, now: DateTime<Utc>) -> Result<Option<access_token::Model>, DbErr> {
    use access_token::{Column, Entity};
    Entity::find().filter(Column::SecretHash.eq(secret_hash)).filter(lasts(Column::ExpiresAt, now)).one(db).await
}

/// Whose session it is, until it ends.
///
/// # Errors
/// Where the database fails.
pub async fn whose_session(db: &impl ConnectionTrait, id: SessionId, now: DateTime<Utc>) -> Result<Option<PersonId>, DbErr> {
    use session::{Column, Entity};
    let session = Entity::find_by_id(id).filter(Column::ExpiresAt.gt(now)).one(db).await?;
    Ok(session.map(|session| session.person_id))
}

/// Whose access token it is, until it ends.
///
/// # Errors
/// Where the database fails.
pub async fn whose_access_token(db: &impl ConnectionTrait, id: AccessTokenId, now: DateTime<Utc>) -> Result<Option<PersonId>, DbErr> {
    use access_token::{Column, Entity};
    let token = Entity::find_by_id(id).filter(lasts(Column::ExpiresAt, now)).one(db).await?;
    Ok(token.map(|token| token.person_id))
}

fn lasts(column: impl ColumnTrait, now: DateTime<Utc>) -> Condition {
    Condition::any().add(column.is_null()).add(column.gt(now))
}

/// A person's sessions that did not end, the latest first.
///
/// # Errors
/// Where the database fails.
pub async fn sessions_of(db: &impl ConnectionTrait, person: PersonId, now: DateTime<Utc>) -> Result<Vec<session::Model>, DbErr> {
    use session::{Column, Entity};
    let rows = Entity::find().filter(Column::PersonId.eq(person)).filter(Column::ExpiresAt.gt(now));
    rows.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).all(db).await
}

/// A person's access tokens, those that ended too, the latest first.
///
/// # Errors
/// Where the database fails.
pub async fn access_tokens_of(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<access_token::Model>, DbErr> {
    use access_token::{Column, Entity};
    let rows = Entity::find().filter(Column::PersonId.eq(person));
    rows.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).all(db).await
}

/// How many access tokens a person has.
///
/// # Errors
/// Where the database fails.
pub async fn count_access_tokens(db: &impl ConnectionTrait, person: PersonId) -> Result<u64, DbErr> {
    access_token::Entity::find().filter(access_token::Column::PersonId.eq(person)).count(db).await
}

/// Begins a session.
///
/// # Errors
/// Where the database fails.
pub async fn insert_session(tx: &impl ConnectionTrait, row: session::Model) -> Result<(), DbErr> {
    session::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// Makes an access token.
///
/// # Errors
/// Where the database fails.
pub async fn insert_access_token(tx: &impl ConnectionTrait, row: access_token::Model) -> Result<(), DbErr> {
    access_token::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// Ends a session of a person. Whether there was one.
///
/// # Errors
/// Where the database fails.
pub async fn end_session(tx: &impl ConnectionTrait, id: SessionId, person: PersonId) -> Result<bool, DbErr> {
    use session::{Column, Entity};
    let gone = Entity::delete_many().filter(Column::Id.eq(id)).filter(Column::PersonId.eq(person)).exec(tx).await?;
    Ok(gone.rows_affected > 0)
}

/// Ends an access token of a person. Whether there was one.
///
/// # Errors
/// Where the database fails.
pub async fn end_access_token(tx: &impl ConnectionTrait, id: AccessTokenId, person: PersonId) -> Result<bool, DbErr> {
    use access_token::{Column, Entity};
    let gone = Entity::delete_many().filter(Column::Id.eq(id)).filter(Column::PersonId.eq(person)).exec(tx).await?;
    Ok(gone.rows_affected > 0)
}

/// Notes that a session is used, and has it last until later.
///
/// # Errors
/// Where the database fails.
pub async fn use_session(db: &impl ConnectionTrait, id: SessionId, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<(), DbErr> {
    use session::{Column, Entity};
    let used = Entity::update_many().col_expr(Column::LastUsedAt, Expr::value(now)).col_expr(Column::ExpiresAt, Expr::value(until));
    used.filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Notes that an access token is used.
///
/// # Errors
/// Where the database fails.
pub async fn use_access_token(db: &impl ConnectionTrait, id: AccessTokenId, now: DateTime<Utc>) -> Result<(), DbErr> {
    use access_token::{Column, Entity};
    Entity::update_many().col_expr(Column::LastUsedAt, Expr::value(now)).filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Deletes sessions that ended. How many there were.
///
/// # Errors
/// Where the database fails.
pub async fn forget_sessions(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, DbErr> {
    Ok(session::Entity::delete_many().filter(session::Column::ExpiresAt.lte(now)).exec(db).await?.rows_affected)
}
