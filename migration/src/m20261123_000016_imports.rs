//! What came from elsewhere, and as what it is known there.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::table::{NewTable, Of, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new(manager, "imported")
            .word("kind", &["ORGANISATION", "POST", "EVENT"])
            .required(Of::Text, &["source", "source_id"])
            .required(Of::Id, &["target_id"])
            .required(Of::Text, &["fingerprint"])
            .required(Of::Integer, &["revision"])
            .required(Of::Instant, &["created_at", "updated_at"])
            .not_blank(&["source", "source_id"])
            .key(&["kind", "source", "source_id"])
            .index(&["target_id"])
            .create()
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["imported"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
