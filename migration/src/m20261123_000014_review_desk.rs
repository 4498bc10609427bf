//! What waits for the office: what an organisation writes when it applies for membership, and since when posts and events are in review.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::ConnectionTrait;

use crate::table::{Cascade, NewTable, Of, add_column, drop_columns, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new(manager, "membership_application")
            .required(Of::Id, &["membership_id"])
            .required(Of::Text, &["contact_name", "email"])
            .optional(Of::Text, &["phone"])
            .required(Of::Text, &["statement", "locale"])
            .optional(Of::Text, &["reason"])
            .required(Of::Instant, &["created_at"])
            .optional(Of::Instant, &["decided_at"])
            .check("email_is_lower_case", "email = lower(email)")
            .not_blank(&["contact_name"])
            .key(&["membership_id"])
            .reference("membership_id", "membership", Cascade)
            .index(&["email", "created_at"])
            .index(&["decided_at"])
            .create()
            .await?;
        for table in ["post", "event"] {
            add_column(manager, table, Of::Instant, "handed_in_at").await?;
            // Nobody noted it before: it was no later than the last change.
            let since = format!(r#"UPDATE "{table}" SET "handed_in_at" = "updated_at" WHERE "status" = 'IN_REVIEW'"#);
            manager.get_connection().execute_unprepared(&since).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["event", "post"] {
            drop_columns(manager, table, &["handed_in_at"]).await?;
        }
        drop_tables(manager, &["membership_application"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
