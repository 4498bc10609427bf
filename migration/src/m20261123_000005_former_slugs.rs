//! Slugs that things had before, so that no link dies.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::table::{Cascade, NewTable, Of, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// A slug leads to the one thing of its kind that had it.
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let leads_to_its_kind = ["organisation", "post", "event", "programme"]
            .map(|kind| format!("(kind = '{}') = ({kind}_id IS NOT NULL)", kind.to_ascii_uppercase()))
            .join(" AND ");
        NewTable::new(manager, "former_slug")
            .word("kind", &["ORGANISATION", "POST", "EVENT", "PROGRAMME"])
            .required(Of::Text, &["slug"])
            .optional(Of::Id, &["organisation_id", "post_id", "event_id", "programme_id"])
            .required(Of::Instant, &["created_at"])
            .slug_shape()
            .check("leads_to_its_kind", leads_to_its_kind)
            .key(&["kind", "slug"])
            .reference("organisation_id", "organisation", Cascade)
            .reference("post_id", "post", Cascade)
            .reference("event_id", "event", Cascade)
            .reference("programme_id", "programme", Cascade)
            .index(&["organisation_id"])
            .index(&["post_id"])
            .index(&["event_id"])
            .index(&["programme_id"])
            .create()
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["former_slug"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
