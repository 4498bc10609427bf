//! Associations keep calendars elsewhere, which are fetched; what came in is followed field by field.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::table::{Cascade, NewTable, Of, add_column, drop_columns, drop_tables};

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
        let columns = [(Of::Json, "fields"), (Of::Text, "seen_in"), (Of::Instant, "missing_since"), (Of::Instant, "withdrawn_at")];
        for (of, column) in columns {
            add_column(manager, "imported", of, column).await?;
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
        drop_columns(manager, "imported", &["withdrawn_at", "missing_since", "seen_in", "fields"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
