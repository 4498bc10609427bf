//! People with an account and whom they act for, what is to be done later, and who changed what.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::table::{Cascade, NewTable, Of, SetNull, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        person(manager).await?;
        organisation_person(manager).await?;
        job(manager).await?;
        audit_entry(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["audit_entry", "job", "organisation_person", "person"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn person(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "person")
        .id()
        .optional(Of::Text, &["name"])
        .required(Of::Text, &["email", "locale"])
        .optional_word("network_role", &["ADMIN", "EDITOR"])
        .required(Of::Instant, &["created_at"])
        .optional(Of::Instant, &["last_signed_in_at"])
        .not_blank(&["email"])
        .check("email_is_lower_case", "email = lower(email)")
        .unique(&["email"])
        .create()
        .await
}

async fn organisation_person(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "organisation_person")
        .required(Of::Id, &["organisation_id", "person_id"])
        .word("role", &["OWNER", "EDITOR", "MEMBER"])
        .required(Of::Instant, &["created_at"])
        .key(&["organisation_id", "person_id"])
        .reference("organisation_id", "organisation", Cascade)
        .reference("person_id", "person", Cascade)
        .index(&["person_id"])
        .create()
        .await
}

async fn job(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "job")
        .id()
        .required(Of::Text, &["kind"])
        .required(Of::Json, &["payload"])
        .required(Of::Instant, &["run_at"])
        .required(Of::Integer, &["attempts"])
        .optional(Of::Instant, &["locked_until", "failed_at"])
        .optional(Of::Text, &["last_error"])
        .required(Of::Instant, &["created_at"])
        .not_blank(&["kind"])
        .at_least(0, &["attempts"])
        .index_where("waiting", "run_at, id", "failed_at IS NULL")
        .index_where("failed", "failed_at, id", "failed_at IS NOT NULL")
        .create()
        .await
}

async fn audit_entry(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "audit_entry")
        .id()
        .required(Of::Instant, &["at"])
        .optional(Of::Id, &["actor_id"])
        .required(Of::Text, &["action", "subject_kind"])
        .required(Of::Id, &["subject_id"])
        .required(Of::Text, &["summary"])
        .required(Of::Json, &["changes"])
        .reference("actor_id", "person", SetNull)
        .index(&["at", "id"])
        .index(&["subject_id", "at", "id"])
        .index(&["actor_id"])
        .create()
        .await
}
