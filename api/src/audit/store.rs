//! SQL of the audit log.

use entity::audit_entry::{Entity, Model};
use sea_orm::{ConnectionTrait, DbErr};

use crate::db::insert;

/// Writes an entry.
///
/// # Errors
/// Where the database fails.
pub async fn insert(db: &impl ConnectionTrait, entry: Model) -> Result<(), DbErr> {
    insert::rows::<Entity>(db, vec![entry]).await
}
