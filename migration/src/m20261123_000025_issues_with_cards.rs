//! What an issue says with its cards filled in, as it was mailed.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::table::{Of, add_column, drop_columns};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_column(manager, "newsletter_issue_text", Of::Text, "mailed_markdown").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_columns(manager, "newsletter_issue_text", &["mailed_markdown"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
