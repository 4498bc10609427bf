//! What was entered twice is one: the other leads to it.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::table::drop_columns;

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 2] = ["tag", "venue"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let id = if manager.get_database_backend() == DbBackend::Postgres { "uuid" } else { "uuid_text" };
        for table in TABLES {
            for sql in [
                format!(r#"ALTER TABLE "{table}" ADD COLUMN "merged_into" {id} REFERENCES "{table}" ("id") ON DELETE RESTRICT"#),
                format!(r#"CREATE INDEX "{table}_merged_into_index" ON "{table}" ("merged_into")"#),
            ] {
                manager.get_connection().execute_unprepared(&sql).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES {
            manager.get_connection().execute_unprepared(&format!(r#"DROP INDEX "{table}_merged_into_index""#)).await?;
            drop_columns(manager, table, &["merged_into"]).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
