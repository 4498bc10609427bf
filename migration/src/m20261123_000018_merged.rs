//! What was entered twice is one: the other leads to it.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, Table, async_trait};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

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
            manager.alter_table(Table::alter().table(table).drop_column("merged_into").take()).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
