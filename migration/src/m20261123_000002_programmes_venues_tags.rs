//! Topics, lasting pieces of work, and places where events happen.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::conditions;
use crate::table::{Cascade, NewTable, Of, Restrict, SetNull, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        tag(manager).await?;
        organisation_tag(manager).await?;
        programme(manager).await?;
        programme_text(manager).await?;
        programme_funder(manager).await?;
        venue(manager).await?;
        venue_feature(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["venue_feature", "venue", "programme_funder", "programme_text", "programme", "organisation_tag", "tag"];
        drop_tables(manager, &tables).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn tag(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "tag").id().slug().required(Of::Text, &["name"]).not_blank(&["name"]).create().await
}

async fn organisation_tag(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "organisation_tag")
        .required(Of::Id, &["organisation_id", "tag_id"])
        .position_in(&["organisation_id"])
        .key(&["organisation_id", "tag_id"])
        .reference("organisation_id", "organisation", Cascade)
        .reference("tag_id", "tag", Restrict)
        .index(&["tag_id", "organisation_id"])
        .create()
        .await
}

async fn programme(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "programme")
        .id()
        .revision()
        .slug()
        .required(Of::Id, &["organisation_id"])
        .required(Of::Boolean, &["is_broadcast"])
        .required(Of::Text, &["original_locale"])
        .partial_dates(&["started_on", "ended_on"])
        .required(Of::Json, &["sources"])
        .required(Of::Instant, &["created_at", "updated_at"])
        .check("ended_after_starting", conditions::is_not_before("ended_on", "started_on"))
        .reference("organisation_id", "organisation", Restrict)
        .index(&["organisation_id"])
        .create()
        .await
}

async fn programme_text(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "programme_text")
        .required(Of::Id, &["programme_id"])
        .required(Of::Text, &["locale", "name", "description_markdown", "description_html"])
        .not_blank(&["name"])
        .key(&["programme_id", "locale"])
        .reference("programme_id", "programme", Cascade)
        .create()
        .await
}

async fn programme_funder(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "programme_funder")
        .required(Of::Id, &["programme_id", "organisation_id"])
        .position_in(&["programme_id"])
        .key(&["programme_id", "organisation_id"])
        .reference("programme_id", "programme", Cascade)
        .reference("organisation_id", "organisation", Restrict)
        .index(&["organisation_id", "programme_id"])
        .create()
        .await
}

async fn venue(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "venue")
        .id()
        .revision()
        .slug()
        .required(Of::Text, &["name", "name_key"])
        .optional(Of::Text, &["street", "address_extra", "postal_code", "city", "district"])
        .required(Of::Text, &["country_code"])
        .location()
        .required(Of::Json, &["rooms"])
        .optional(Of::Text, &["directions", "website"])
        .optional(Of::Id, &["organisation_id"])
        .required(Of::Text, &["search_text"])
        .required(Of::Instant, &["created_at", "updated_at"])
        .not_blank(&["name"])
        .capitals(2, "country_code")
        .reference("organisation_id", "organisation", SetNull)
        .index(&["name_key", "id"])
        .index(&["district"])
        .index(&["latitude", "longitude"])
        .index(&["organisation_id"])
        .searched()
        .create()
        .await
}

async fn venue_feature(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "venue_feature")
        .required(Of::Id, &["venue_id"])
        .word(
            "feature",
            &[
                "STEP_FREE",
                "ACCESSIBLE_TOILET",
                "INDUCTION_LOOP",
                "SIGN_LANGUAGE",
                "SUBTITLES",
                "QUIET_ROOM",
                "ASSISTANCE_DOGS",
                "PLAIN_LANGUAGE",
                "REMOTE_PARTICIPATION",
            ],
        )
        .required(Of::Boolean, &["is_available"])
        .optional(Of::Text, &["note"])
        .key(&["venue_id", "feature"])
        .reference("venue_id", "venue", Cascade)
        .index(&["feature", "is_available", "venue_id"])
        .create()
        .await
}
