//! SQL of what was answered to requests with a key.

use chrono::{DateTime, Utc};
use entity::registration_receipt::{Column, Entity, Model};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

/// What was answered to the request with this key.
///
/// # Errors
/// Where the database fails.
pub async fn by_key(db: &impl ConnectionTrait, key: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(key).one(db).await
}

/// Keeps what is answered. Whether the key was free: another request may take it at the same moment.
///
/// # Errors
/// Where the database fails.
pub async fn keep(tx: &impl ConnectionTrait, receipt: Model) -> Result<bool, DbErr> {
    let insert = Entity::insert(receipt.into_active_model()).on_conflict(OnConflict::new().do_nothing().to_owned());
    Ok(insert.exec_without_returning(tx).await? == 1)
}

/// Forgets what was answered before a moment.
///
/// # Errors
/// Where the database fails.
pub async fn forget_before(db: &impl ConnectionTrait, moment: DateTime<Utc>) -> Result<u64, DbErr> {
    Ok(Entity::delete_many().filter(Column::CreatedAt.lt(moment)).exec(db).await?.rows_affected)
}
