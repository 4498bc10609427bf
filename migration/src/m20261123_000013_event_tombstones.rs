//! What calendars need to strike out an event that its public no longer sees.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::table::{NewTable, Of, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new(manager, "event_tombstone")
            .required(Of::Id, &["event_id"])
            .required(Of::Text, &["slug"])
            .word("visibility", &["PUBLIC", "UNLISTED", "MEMBERS", "HOSTS"])
            .required(Of::Json, &["found_by"])
            .required(Of::Instant, &["starts_at"])
            .optional(Of::Instant, &["ends_at"])
            .required(Of::Boolean, &["is_all_day"])
            .required(Of::Text, &["time_zone"])
            .required(Of::Integer, &["sequence"])
            .required(Of::Instant, &["withdrawn_at"])
            .at_least(0, &["sequence"])
            .key(&["event_id", "visibility"])
            .index(&["slug"])
            .index(&["withdrawn_at"])
            .create()
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["event_tombstone"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
