//! Associations keep calendars elsewhere, which are fetched; what came in is followed field by field.

use sea_orm_migration::prelude::{ColumnDef, DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, Table, async_trait};

use crate::table::{Cascade, NewTable, Of, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

const PROBLEMS: [&str; 13] = [
    "UNKNOWN_HOST",
    "NOT_PUBLIC",
    "NO_ANSWER",
    "BAD_CERTIFICATE",
    "TOO_SLOW",
    "TOO_LARGE",
    "STATUS",
    "BAD_REDIRECT",
    "TOO_MANY_REDIRECTS",
    "GARBLED",
    "NO_CALENDAR",
    "TOO_MANY_EVENTS",
    "EVENTS_MISSING",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            ColumnDef::new("fields").json_binary().null().take(),
            ColumnDef::new("seen_in").text().null().take(),
            ColumnDef::new("missing_since").timestamp_with_time_zone().null().take(),
            ColumnDef::new("withdrawn_at").timestamp_with_time_zone().null().take(),
        ];
        for column in columns {
            manager.alter_table(Table::alter().table("imported").add_column(column).take()).await?;
        }
        NewTable::new(manager, "calendar_source")
            .required(Of::Id, &["organisation_id"])
            .revision()
            .required(Of::Text, &["address", "locale"])
            .optional(Of::Text, &["etag", "last_modified"])
            .required(Of::Instant, &["due_at"])
            .optional(Of::Instant, &["tried_at", "fetched_at"])
            .required(Of::Integer, &["failures"])
            .optional_word("problem", &PROBLEMS)
            .optional(Of::Text, &["problem_detail"])
            .optional(Of::Json, &["report"])
            .required(Of::Instant, &["created_at", "updated_at"])
            .not_blank(&["address", "locale"])
            .at_least(0, &["failures"])
            .key(&["organisation_id"])
            .reference("organisation_id", "organisation", Cascade)
            .index(&["due_at"])
            .create()
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["calendar_source"]).await?;
        for column in ["withdrawn_at", "missing_since", "seen_in", "fields"] {
            manager.alter_table(Table::alter().table("imported").drop_column(column).take()).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
