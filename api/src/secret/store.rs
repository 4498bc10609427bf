//! The fingerprint of the secret, in the one row that says what this installation is.

use chrono::{DateTime, Utc};
use entity::instance;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{DatabaseConnection, DbErr, EntityTrait};

/// The fingerprint that the database knows, if it knows one.
pub(super) async fn fingerprint(db: &DatabaseConnection) -> Result<Option<String>, DbErr> {
    Ok(instance::Entity::find_by_id(1).one(db).await?.map(|instance| instance.key_fingerprint))
}

/// Remembers a fingerprint, unless another process just did, and says which one is remembered now.
pub(super) async fn set_fingerprint(db: &DatabaseConnection, mine: String, now: DateTime<Utc>) -> Result<String, DbErr> {
    let row = instance::ActiveModel { id: Set(1), key_fingerprint: Set(mine.clone()), created_at: Set(now) };
    let first_wins = OnConflict::column(instance::Column::Id).do_nothing().to_owned();
    instance::Entity::insert(row).on_conflict(first_wins).exec_without_returning(db).await?;
    Ok(fingerprint(db).await?.unwrap_or(mine))
}
