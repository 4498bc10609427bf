//! Invitations to act for an organisation.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::table::{Cascade, NewTable, Of, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One for each address and organisation: inviting again replaces the earlier. The secret is made when the mail is written.
        NewTable::new(manager, "invitation")
            .id()
            .required(Of::Id, &["organisation_id"])
            .required(Of::Text, &["email"])
            .word("role", &["OWNER", "EDITOR", "MEMBER"])
            .required(Of::Text, &["locale"])
            .optional(Of::Text, &["token_hash"])
            .required(Of::Instant, &["created_at", "expires_at"])
            .optional(Of::Instant, &["accepted_at"])
            .check("email_is_lower_case", "email = lower(email)")
            .check("expires_after_it_is_made", "expires_at > created_at")
            .unique(&["organisation_id", "email"])
            .unique(&["token_hash"])
            .reference("organisation_id", "organisation", Cascade)
            .index(&["expires_at"])
            .create()
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["invitation"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
