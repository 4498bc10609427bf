//! A date of an event has a SEQUENCE of its own, which rises when its time, its place, or whether it takes place changes.

use sea_orm_migration::prelude::{ConnectionTrait, DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = r#"ALTER TABLE "occurrence" ADD COLUMN "sequence" integer NOT NULL DEFAULT 0
            CONSTRAINT "occurrence_sequence_is_at_least_0" CHECK ("sequence" >= 0)"#;
        manager.get_connection().execute_unprepared(add).await?;
        // What a calendar was told so far was counted by the revision, and never sinks.
        manager.get_connection().execute_unprepared(r#"UPDATE "occurrence" SET "sequence" = "revision" - 1"#).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(r#"ALTER TABLE "occurrence" DROP COLUMN "sequence""#).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
