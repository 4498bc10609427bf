//! SQL of what was answered to requests with a key.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::registration_receipt::{Column, Entity, Model};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

/// What was answered to the requests with these keys.
///
/// # Errors
/// Where the database fails.
pub async fn by_keys(db: &impl ConnectionTrait, keys: Vec<&str>) -> Result<HashMap<String, Model>, DbErr> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let kept = Entity::find().filter(Column::IdempotencyKey.is_in(keys)).all(db).await?;
    Ok(kept.into_iter().map(|receipt| (receipt.idempotency_key.clone(), receipt)).collect())
}

/// Keeps what is answered. Whether all keys were free: a request for something else may take one at the same moment.
///
/// # Errors
/// Where the database fails.
pub async fn keep(tx: &impl ConnectionTrait, receipts: Vec<Model>) -> Result<bool, DbErr> {
    let many = receipts.len() as u64;
    if many == 0 {
        return Ok(true);
    }
    let insert = Entity::insert_many(receipts.into_iter().map(IntoActiveModel::into_active_model));
    let insert = insert.on_conflict(OnConflict::new().do_nothing().to_owned());
    Ok(insert.exec_without_returning(tx).await? == many)
}

/// Forgets what was answered before a moment.
///
/// # Errors
/// Where the database fails.
pub async fn forget_before(db: &impl ConnectionTrait, moment: DateTime<Utc>) -> Result<u64, DbErr> {
    Ok(Entity::delete_many().filter(Column::CreatedAt.lt(moment)).exec(db).await?.rows_affected)
}
