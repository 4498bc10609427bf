//! When what comes again and again is due next, and jobs of which one waiting is enough.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::table::{NewTable, Of, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        schedule(manager).await?;
        key_of_job(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(r#"DROP INDEX "job_kind_key_key""#).await?;
        db.execute_unprepared(r#"ALTER TABLE "job" DROP COLUMN "key""#).await?;
        drop_tables(manager, &["schedule"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn schedule(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "schedule")
        .required(Of::Text, &["name", "rule"])
        .required(Of::Instant, &["next_at"])
        .not_blank(&["name"])
        .key(&["name"])
        .create()
        .await
}

/// Null where any number may wait: nulls are unlike each other.
async fn key_of_job(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let order = if manager.get_database_backend() == DbBackend::Postgres { r#" COLLATE "C""# } else { "" };
    let db = manager.get_connection();
    db.execute_unprepared(&format!(r#"ALTER TABLE "job" ADD COLUMN "key" text{order}"#)).await?;
    db.execute_unprepared(r#"CREATE UNIQUE INDEX "job_kind_key_key" ON "job" ("kind", "key")"#).await?;
    Ok(())
}
