//! What an issue says with its cards filled in, as it was mailed.

use sea_orm_migration::prelude::{ColumnDef, DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, Table, async_trait};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = ColumnDef::new("mailed_markdown").text().null().take();
        manager.alter_table(Table::alter().table("newsletter_issue_text").add_column(column).take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("newsletter_issue_text").drop_column("mailed_markdown").take()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
