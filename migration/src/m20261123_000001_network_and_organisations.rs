//! What this installation is, organisations with their texts and memberships, and the network that is one of them.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::conditions;
use crate::table::{Cascade, NewTable, Of, Restrict, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        instance(manager).await?;
        organisation(manager).await?;
        organisation_text(manager).await?;
        organisation_language(manager).await?;
        membership(manager).await?;
        network(manager).await?;
        network_relation(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables =
            ["network_relation", "network", "membership", "organisation_language", "organisation_text", "organisation", "instance"];
        drop_tables(manager, &tables).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn instance(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "instance")
        .required(Of::Integer, &["id"])
        .required(Of::Text, &["key_fingerprint"])
        .required(Of::Instant, &["created_at"])
        .key(&["id"])
        .check("is_the_only_one", "id = 1")
        .create()
        .await
}

async fn organisation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "organisation")
        .id()
        .revision()
        .slug()
        .required(Of::Text, &["name", "name_key"])
        .optional(Of::Text, &["short_name"])
        .required(Of::Json, &["aliases"])
        .word("kind", &["NETWORK", "MEMBER", "PARTNER", "FUNDER", "UMBRELLA", "PUBLIC_BODY"])
        .optional(Of::Text, &["legal_form"])
        .required(Of::Text, &["original_locale"])
        .optional(Of::Text, &["website", "email", "phone", "street", "address_extra", "postal_code", "city", "district"])
        .required(Of::Text, &["country_code"])
        .required(Of::Boolean, &["address_is_public"])
        .location()
        .partial_dates(&["founded_on"])
        .required(Of::Boolean, &["publishes_without_review"])
        .required(Of::Json, &["sources"])
        .required(Of::Text, &["search_title", "search_text"])
        .required(Of::Instant, &["created_at", "updated_at"])
        .not_blank(&["name"])
        .capitals(2, "country_code")
        .index(&["name_key", "id"])
        .index(&["kind", "name_key", "id"])
        .index(&["district", "name_key", "id"])
        .searched()
        .create()
        .await
}

async fn organisation_text(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "organisation_text")
        .required(Of::Id, &["organisation_id"])
        .required(Of::Text, &["locale", "description_markdown", "description_html"])
        .key(&["organisation_id", "locale"])
        .reference("organisation_id", "organisation", Cascade)
        .create()
        .await
}

async fn organisation_language(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "organisation_language")
        .required(Of::Id, &["organisation_id"])
        .required(Of::Text, &["locale"])
        .position_in(&["organisation_id"])
        .key(&["organisation_id", "locale"])
        .reference("organisation_id", "organisation", Cascade)
        .index(&["locale", "organisation_id"])
        .create()
        .await
}

/// An organisation applies once at a time, and is a member once at a time.
async fn membership(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "membership")
        .id()
        .required(Of::Id, &["organisation_id"])
        .word("decision", &["APPLIED", "ADMITTED", "DECLINED"])
        .partial_dates(&["applied_on", "joined_on", "left_on"])
        .required(Of::Boolean, &["is_founding"])
        .required(Of::Instant, &["created_at"])
        .check("left_after_joining", conditions::is_not_before("left_on", "joined_on"))
        .reference("organisation_id", "organisation", Cascade)
        .unique_where("one_open_application", "organisation_id", "decision = 'APPLIED'")
        .unique_where("one_without_end", "organisation_id", "decision = 'ADMITTED' AND left_on IS NULL")
        .index(&["organisation_id", "decision", "joined_on"])
        .index(&["decision", "joined_on", "left_on", "organisation_id"])
        .create()
        .await
}

async fn network(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "network")
        .required(Of::Id, &["organisation_id"])
        .revision()
        .required(Of::Text, &["legal_name"])
        .optional(Of::Text, &["directions"])
        .required(Of::Json, &["opening_hours"])
        .optional(Of::Text, &["opening_hours_note"])
        .required(Of::Text, &["time_zone", "default_locale"])
        .required(Of::Json, &["locales"])
        .required(Of::Instant, &["updated_at"])
        .key(&["organisation_id"])
        .reference("organisation_id", "organisation", Restrict)
        .unique_where("is_the_only_one", "(organisation_id IS NOT NULL)", "organisation_id IS NOT NULL")
        .create()
        .await
}

async fn network_relation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "network_relation")
        .required(Of::Id, &["organisation_id"])
        .word("kind", &["FUNDER", "UMBRELLA"])
        .position_in(&["kind"])
        .key(&["organisation_id", "kind"])
        .reference("organisation_id", "organisation", Restrict)
        .create()
        .await
}
