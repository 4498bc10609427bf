//! SQL of signing in: what was mailed to an address, and how often it was tried.

use chrono::{DateTime, Utc};
use entity::id::SignInId;
use entity::{sign_in, sign_in_address};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

/// What an address was tried with, changed by nobody else until the transaction ends. The same statements run whether or not
/// anything is known of it.
///
/// # Errors
/// Where the database fails.
pub async fn lock_address(tx: &DatabaseTransaction, email_hash: &str, now: DateTime<Utc>) -> Result<sign_in_address::Model, DbErr> {
    use sign_in_address::{Column, Entity, Model};
    let row = Model { email_hash: email_hash.to_owned(), tries: 0, touched_at: now, tried_at: None };
    let touch = OnConflict::column(Column::EmailHash).update_column(Column::TouchedAt).to_owned();
    Entity::insert(row.into_active_model()).on_conflict(touch).exec_without_returning(tx).await?;
    let select = Entity::find_by_id(email_hash);
    // On SQLite who writes is alone anyhow.
    let select = if tx.get_database_backend() == DatabaseBackend::Postgres { select.lock_exclusive() } else { select };
    select.one(tx).await?.ok_or_else(|| DbErr::RecordNotFound("an address that was just noted".to_owned()))
}

/// Notes how often an address was tried with a wrong code, the last time now.
///
/// # Errors
/// Where the database fails.
pub async fn note_tries(tx: &impl ConnectionTrait, email_hash: &str, tries: i32, now: DateTime<Utc>) -> Result<(), DbErr> {
    use sign_in_address::{Column, Entity};
    let noted = Entity::update_many().col_expr(Column::Tries, Expr::value(tries)).col_expr(Column::TriedAt, Expr::value(now));
    noted.filter(Column::EmailHash.eq(email_hash)).exec(tx).await?;
    Ok(())
}

/// How many mails an address was sent since a moment.
///
/// # Errors
/// Where the database fails.
pub async fn count_since(tx: &impl ConnectionTrait, email_hash: &str, since: DateTime<Utc>) -> Result<u64, DbErr> {
    use sign_in::{Column, Entity};
    Entity::find().filter(Column::EmailHash.eq(email_hash)).filter(Column::CreatedAt.gt(since)).count(tx).await
}

/// Notes a request.
///
/// # Errors
/// Where the database fails.
pub async fn insert(tx: &impl ConnectionTrait, row: sign_in::Model) -> Result<(), DbErr> {
    sign_in::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// The request with this id.
///
/// # Errors
/// Where the database fails.
pub async fn by_id(db: &impl ConnectionTrait, id: SignInId) -> Result<Option<sign_in::Model>, DbErr> {
    sign_in::Entity::find_by_id(id).one(db).await
}

/// What is good at an address: was neither used nor ended.
///
/// # Errors
/// Where the database fails.
pub async fn good_ones(tx: &impl ConnectionTrait, email_hash: &str, now: DateTime<Utc>) -> Result<Vec<sign_in::Model>, DbErr> {
    use sign_in::{Column, Entity};
    let rows = Entity::find().filter(Column::EmailHash.eq(email_hash)).filter(Column::UsedAt.is_null()).filter(Column::ExpiresAt.gt(now));
    rows.order_by_asc(Column::Id).all(tx).await
}

/// The one whose link has this secret, where it is good.
///
/// # Errors
/// Where the database fails.
pub async fn good_by_token(tx: &impl ConnectionTrait, token_hash: &str, now: DateTime<Utc>) -> Result<Option<sign_in::Model>, DbErr> {
    use sign_in::{Column, Entity};
    let found = Entity::find().filter(Column::TokenHash.eq(token_hash)).filter(Column::UsedAt.is_null());
    found.filter(Column::ExpiresAt.gt(now)).one(tx).await
}

/// Gives a request its secrets, unless it was used.
///
/// # Errors
/// Where the database fails.
pub async fn set_secrets(
    tx: &impl ConnectionTrait,
    id: SignInId,
    (code_hash, token_hash): (Option<String>, String),
    expires_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    use sign_in::{Column, Entity};
    let set = Entity::update_many()
        .col_expr(Column::CodeHash, Expr::value(code_hash))
        .col_expr(Column::TokenHash, Expr::value(token_hash))
        .col_expr(Column::ExpiresAt, Expr::value(expires_at));
    set.filter(Column::Id.eq(id)).filter(Column::UsedAt.is_null()).exec(tx).await?;
    Ok(())
}

/// Uses it, and lets the address go. Of all who do this at once one is told that they did.
///
/// # Errors
/// Where the database fails.
pub async fn spend(tx: &impl ConnectionTrait, id: SignInId, now: DateTime<Utc>) -> Result<bool, DbErr> {
    use sign_in::{Column, Entity};
    let used = Entity::update_many().col_expr(Column::UsedAt, Expr::value(now)).col_expr(Column::Email, Expr::value(None::<String>));
    Ok(used.filter(Column::Id.eq(id)).filter(Column::UsedAt.is_null()).exec(tx).await?.rows_affected > 0)
}

/// Deletes what is older than a moment, and addresses that nobody asked for or tried since. How many requests there were.
///
/// # Errors
/// Where the database fails.
pub async fn forget_before(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    use sign_in_address::{Column, Entity};
    let gone = sign_in::Entity::delete_many().filter(sign_in::Column::CreatedAt.lt(before)).exec(db).await?;
    Entity::delete_many().filter(Column::TouchedAt.lt(before)).exec(db).await?;
    Ok(gone.rows_affected)
}
