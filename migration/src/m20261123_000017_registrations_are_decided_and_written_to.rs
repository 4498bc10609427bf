//! Registrations are approved or declined by organisers, written to by them, reminded of, and answered by calendar programs.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::table::{Cascade, NewTable, Of, add_column, drop_columns, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

const MOMENTS: [&str; 3] = ["approved_at", "told_ahead_at", "accepted_at"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for moment in MOMENTS {
            add_column(manager, "registration", Of::Instant, moment).await?;
        }
        add_column(manager, "registration", Of::Text, "decline_reason").await?;
        // Texts compare byte by byte, as in all tables.
        let of_bytes = if manager.get_database_backend() == DbBackend::Postgres { r#"text COLLATE "C""# } else { "text" };
        let search = format!(r#"ALTER TABLE "registration" ADD COLUMN "search_text" {of_bytes} NOT NULL DEFAULT '' "#);
        manager.get_connection().execute_unprepared(&search).await?;
        // As near to what the program folds as SQL comes; those that change are folded anew, and all are forgotten within weeks.
        let fill = r#"UPDATE "registration" SET "search_text" = lower("name" || ' ' || "email") WHERE "anonymised_at" IS NULL"#;
        manager.get_connection().execute_unprepared(fill).await?;
        // Whoever was confirmed where an organiser decides was approved by none before: that cannot be known any more, and is not made up.
        NewTable::new(manager, "registration_message")
            .id()
            .required(Of::Id, &["event_id"])
            .optional(Of::Id, &["occurrence_id"])
            .word("audience", &["CONFIRMED", "WAITLISTED", "PENDING", "EVERYONE"])
            .required(Of::Text, &["subject", "body_markdown"])
            .required(Of::Instant, &["created_at"])
            .optional(Of::Id, &["told_up_to"])
            .optional(Of::Instant, &["told_at"])
            .not_blank(&["subject", "body_markdown"])
            .reference("event_id", "event", Cascade)
            .reference("occurrence_id", "occurrence", Cascade)
            .index(&["event_id", "created_at"])
            .index(&["occurrence_id"])
            .index(&["created_at"])
            .create()
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["registration_message"]).await?;
        let [approved, told_ahead, accepted] = MOMENTS;
        drop_columns(manager, "registration", &["search_text", "decline_reason", accepted, told_ahead, approved]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
