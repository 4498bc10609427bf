//! News, reports, interviews, statements, and broadcasts.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::table::{Cascade, NewTable, Of, Restrict, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        post(manager).await?;
        post_text(manager).await?;
        post_tag(manager).await?;
        post_mention(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["post_mention", "post_tag", "post_text", "post"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Lists are newest first, by an index read from its end. Editors' lists put drafts where they were last changed.
async fn post(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "post")
        .id()
        .revision()
        .slug()
        .word("kind", &["NEWS", "REPORT", "INTERVIEW", "STATEMENT", "BROADCAST"])
        .word("status", &["DRAFT", "IN_REVIEW", "SCHEDULED", "PUBLISHED"])
        .required(Of::Id, &["organisation_id"])
        .optional(Of::Id, &["programme_id"])
        .required(Of::Text, &["original_locale", "byline"])
        .optional(Of::Integer, &["reading_minutes"])
        .required(Of::Json, &["contributors", "sources"])
        .optional(Of::Instant, &["published_at", "scheduled_for"])
        .optional(Of::Text, &["review_note"])
        .required(Of::Text, &["search_title", "search_text"])
        .required(Of::Instant, &["created_at", "updated_at"])
        .at_least(1, &["reading_minutes"])
        .check("published_has_moment", "status <> 'PUBLISHED' OR published_at IS NOT NULL")
        .check("scheduled_has_moment", "status <> 'SCHEDULED' OR scheduled_for IS NOT NULL")
        .reference("organisation_id", "organisation", Restrict)
        .reference("programme_id", "programme", Restrict)
        .index(&["status", "published_at", "id"])
        .index(&["organisation_id", "published_at", "id"])
        .index(&["programme_id", "published_at", "id"])
        .index(&["kind", "published_at", "id"])
        .index(&["published_at", "id"])
        .index_on("published_or_updated", "coalesce(published_at, updated_at), id")
        .searched()
        .create()
        .await
}

async fn post_text(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "post_text")
        .required(Of::Id, &["post_id"])
        .required(Of::Text, &["locale", "title", "teaser", "body_markdown", "body_html"])
        .required(Of::Integer, &["body_words"])
        .optional(Of::Text, &["plain_summary"])
        .not_blank(&["title"])
        .at_least(0, &["body_words"])
        .key(&["post_id", "locale"])
        .reference("post_id", "post", Cascade)
        .create()
        .await
}

async fn post_tag(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "post_tag")
        .required(Of::Id, &["post_id", "tag_id"])
        .position_in(&["post_id"])
        .key(&["post_id", "tag_id"])
        .reference("post_id", "post", Cascade)
        .reference("tag_id", "tag", Restrict)
        .index(&["tag_id", "post_id"])
        .create()
        .await
}

async fn post_mention(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "post_mention")
        .required(Of::Id, &["post_id", "organisation_id"])
        .position_in(&["post_id"])
        .key(&["post_id", "organisation_id"])
        .reference("post_id", "post", Cascade)
        .reference("organisation_id", "organisation", Cascade)
        .index(&["organisation_id", "post_id"])
        .create()
        .await
}
