//! The version of the secret addresses of a person's calendars.

use sea_orm_migration::prelude::{ConnectionTrait, DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // 16 bits of it stand in an address.
        let add = r#"ALTER TABLE "person" ADD COLUMN "calendar_version" integer NOT NULL DEFAULT 0
            CONSTRAINT "person_calendar_version_is_in_range" CHECK ("calendar_version" BETWEEN 0 AND 65535)"#;
        manager.get_connection().execute_unprepared(add).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(r#"ALTER TABLE "person" DROP COLUMN "calendar_version""#).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
