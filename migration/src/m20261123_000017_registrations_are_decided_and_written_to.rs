//! Registrations are approved or declined by organisers, written to by them, reminded of, and answered by calendar programs.

use sea_orm_migration::prelude::{ColumnDef, DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, Table, async_trait};

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::table::{Cascade, NewTable, Of, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

const MOMENTS: [&str; 3] = ["approved_at", "told_ahead_at", "accepted_at"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for moment in MOMENTS {
            add(manager, ColumnDef::new(moment).timestamp_with_time_zone().null().take()).await?;
        }
        // Texts compare byte by byte, as in all tables.
        let of_bytes = if manager.get_database_backend() == DbBackend::Postgres { r#"text COLLATE "C""# } else { "text" };
        let reason = format!(r#"ALTER TABLE "registration" ADD COLUMN "decline_reason" {of_bytes}"#);
        manager.get_connection().execute_unprepared(&reason).await?;
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
        for column in ["search_text", "decline_reason"].into_iter().chain(MOMENTS.into_iter().rev()) {
            manager.alter_table(Table::alter().table("registration").drop_column(column).take()).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn add(manager: &SchemaManager<'_>, column: ColumnDef) -> Result<(), DbErr> {
    manager.alter_table(Table::alter().table("registration").add_column(column).take()).await
}
