//! Signing in without passwords: what was mailed, how often it was tried, and what came of it.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::table::{Cascade, NewTable, Of, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sign_in_address(manager).await?;
        sign_in(manager).await?;
        session(manager).await?;
        access_token(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["access_token", "session", "sign_in", "sign_in_address"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// One row for each address that somebody asked for or tried lately, whether or not anybody has it: what is locked while a mail or a
/// try is counted.
async fn sign_in_address(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "sign_in_address")
        .required(Of::Text, &["email_hash"])
        .required(Of::Integer, &["tries"])
        .required(Of::Instant, &["touched_at"])
        .optional(Of::Instant, &["tried_at"])
        .at_least(0, &["tries"])
        .key(&["email_hash"])
        .index(&["touched_at"])
        .create()
        .await
}

/// One row for each mail with a code and a link. The address stands in it until it is used, or deleted.
async fn sign_in(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "sign_in")
        .id()
        .required(Of::Text, &["email_hash"])
        .optional(Of::Text, &["email"])
        .required(Of::Text, &["locale"])
        .optional(Of::Text, &["code_hash", "token_hash"])
        .required(Of::Instant, &["created_at", "expires_at"])
        .optional(Of::Instant, &["used_at"])
        .check("email_is_lower_case", "email = lower(email)")
        .check("used_tells_no_address", "used_at IS NULL OR email IS NULL")
        .unique(&["token_hash"])
        .index(&["email_hash", "created_at"])
        .index(&["created_at"])
        .create()
        .await
}

async fn session(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "session")
        .id()
        .required(Of::Id, &["person_id"])
        .required(Of::Text, &["secret_hash"])
        .required(Of::Instant, &["created_at", "last_used_at", "expires_at"])
        .unique(&["secret_hash"])
        .reference("person_id", "person", Cascade)
        .index(&["person_id"])
        .index(&["expires_at"])
        .create()
        .await
}

async fn access_token(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "access_token")
        .id()
        .required(Of::Id, &["person_id"])
        .required(Of::Text, &["name", "secret_hash"])
        .required(Of::Instant, &["created_at"])
        .optional(Of::Instant, &["last_used_at", "expires_at"])
        .not_blank(&["name"])
        .unique(&["secret_hash"])
        .reference("person_id", "person", Cascade)
        .index(&["person_id"])
        .create()
        .await
}
