//! A post that came from elsewhere.

use entity::imported;
use entity::words::ImportedKind;
use sea_orm_migration::sea_orm::DatabaseConnection;

use super::{ID, moment, put, text};

/// Writes it.
pub async fn insert(db: &DatabaseConnection) {
    let row = imported::Model {
        kind: ImportedKind::Post,
        source: text("https://example.org"),
        source_id: text("1"),
        target_id: ID,
        fingerprint: text("00"),
        revision: 1,
        created_at: moment(0),
        updated_at: moment(0),
    };
    put(db, row).await;
}
