//! Pictures and recordings, and what shows them.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::table::{Cascade, NewTable, Of, Restrict, SetNull, drop_columns, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// What shows a picture or plays a recording.
const SHOWN_BY: [(&str, &str); 4] = [("organisation", "logo_id"), ("post", "cover_id"), ("post", "audio_id"), ("event", "cover_id")];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new(manager, "media")
            .id()
            .word("kind", &["IMAGE", "AUDIO"])
            .required(Of::Id, &["organisation_id"])
            .optional(Of::Id, &["uploaded_by"])
            .required(Of::Text, &["file", "media_type"])
            .required(Of::BigInteger, &["bytes"])
            .required(Of::Text, &["alt"])
            .optional(Of::Text, &["credit"])
            .optional(Of::Integer, &["width", "height", "duration_seconds"])
            .required(Of::Instant, &["created_at"])
            .optional(Of::Instant, &["unused_since"])
            .check("image_has_alt_and_size", "(kind = 'IMAGE') = (width IS NOT NULL AND height IS NOT NULL AND trim(alt) <> '')")
            .at_least(1, &["bytes", "width", "height"])
            .at_least(0, &["duration_seconds"])
            .reference("organisation_id", "organisation", Restrict)
            .reference("uploaded_by", "person", SetNull)
            .index(&["organisation_id"])
            .index(&["uploaded_by"])
            .index(&["file"])
            .index(&["unused_since"])
            .create()
            .await?;
        NewTable::new(manager, "image_variant")
            .required(Of::Id, &["media_id"])
            .required(Of::Integer, &["width", "height"])
            .required(Of::Text, &["file", "media_type"])
            .at_least(1, &["width", "height"])
            .key(&["media_id", "width"])
            .reference("media_id", "media", Cascade)
            .index(&["file"])
            .create()
            .await?;
        let id = if manager.get_database_backend() == DbBackend::Postgres { "uuid" } else { "uuid_text" };
        for (table, column) in SHOWN_BY {
            for sql in [
                format!(r#"ALTER TABLE "{table}" ADD COLUMN "{column}" {id} REFERENCES "media" ("id") ON DELETE RESTRICT"#),
                format!(r#"CREATE INDEX "{table}_{column}_index" ON "{table}" ("{column}")"#),
            ] {
                manager.get_connection().execute_unprepared(&sql).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in SHOWN_BY {
            manager.get_connection().execute_unprepared(&format!(r#"DROP INDEX "{table}_{column}_index""#)).await?;
            drop_columns(manager, table, &[column]).await?;
        }
        drop_tables(manager, &["image_variant", "media"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
