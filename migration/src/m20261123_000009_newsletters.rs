//! Newsletters, their issues, who reads them, what they agreed to, and what was sent to whom.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::table::{Cascade, NewTable, Of, Restrict, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

const VISIBILITIES: [&str; 4] = ["PUBLIC", "UNLISTED", "MEMBERS", "HOSTS"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        newsletter(manager).await?;
        newsletter_issue(manager).await?;
        newsletter_issue_text(manager).await?;
        subscriber(manager).await?;
        newsletter_subscription(manager).await?;
        consent_wording(manager).await?;
        consent(manager).await?;
        delivery(manager).await?;
        suppression(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "suppression",
            "delivery",
            "consent",
            "consent_wording",
            "newsletter_subscription",
            "subscriber",
            "newsletter_issue_text",
            "newsletter_issue",
            "newsletter",
        ];
        drop_tables(manager, &tables).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn newsletter(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "newsletter")
        .id()
        .revision()
        .slug()
        .required(Of::Id, &["organisation_id"])
        .required(Of::Text, &["name", "description"])
        .word("visibility", &VISIBILITIES)
        .optional(Of::Text, &["reply_to"])
        .required(Of::Instant, &["created_at", "updated_at"])
        .not_blank(&["name"])
        .reference("organisation_id", "organisation", Restrict)
        .index(&["organisation_id"])
        .create()
        .await
}

async fn newsletter_issue(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "newsletter_issue")
        .id()
        .revision()
        .slug()
        .required(Of::Id, &["newsletter_id"])
        .word("status", &["DRAFT", "SCHEDULED", "SENDING", "PAUSED", "SENT", "CANCELLED"])
        .word("visibility", &VISIBILITIES)
        .required(Of::Text, &["original_locale"])
        .optional(Of::Instant, &["scheduled_for", "started_at", "finished_at"])
        .optional(Of::Text, &["problem"])
        .required(Of::Instant, &["created_at", "updated_at"])
        .check("started_has_moment", "status NOT IN ('SENDING', 'SENT') OR started_at IS NOT NULL")
        .check("sent_has_moment", "status <> 'SENT' OR finished_at IS NOT NULL")
        .check("scheduled_has_moment", "status <> 'SCHEDULED' OR scheduled_for IS NOT NULL")
        .reference("newsletter_id", "newsletter", Restrict)
        .index(&["newsletter_id", "started_at", "id"])
        .create()
        .await
}

async fn newsletter_issue_text(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "newsletter_issue_text")
        .required(Of::Id, &["issue_id"])
        .required(Of::Text, &["locale", "subject"])
        .optional(Of::Text, &["preheader"])
        .required(Of::Text, &["body_markdown", "body_html"])
        .not_blank(&["subject"])
        .key(&["issue_id", "locale"])
        .reference("issue_id", "newsletter_issue", Cascade)
        .create()
        .await
}

async fn subscriber(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "subscriber")
        .id()
        .required(Of::Text, &["email"])
        .optional(Of::Text, &["name"])
        .required(Of::Text, &["locale"])
        .required(Of::Integer, &["secret_version", "confirm_version"])
        .optional(Of::Instant, &["asked_at"])
        .required(Of::Instant, &["created_at", "updated_at"])
        .not_blank(&["email"])
        .check("email_is_lower_case", "email = lower(email)")
        .at_least(0, &["secret_version", "confirm_version"])
        .unique(&["email"])
        .create()
        .await
}

async fn newsletter_subscription(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "newsletter_subscription")
        .id()
        .required(Of::Id, &["newsletter_id", "subscriber_id"])
        .word("status", &["PENDING", "CONFIRMED", "ENDED", "SUPPRESSED"])
        .required(Of::Instant, &["requested_at"])
        .optional(Of::Instant, &["confirmed_at", "ended_at"])
        .check("confirmed_has_moment", "status <> 'CONFIRMED' OR confirmed_at IS NOT NULL")
        .check("ended_has_moment", "status <> 'ENDED' OR ended_at IS NOT NULL")
        .unique(&["newsletter_id", "subscriber_id"])
        .reference("newsletter_id", "newsletter", Restrict)
        .reference("subscriber_id", "subscriber", Cascade)
        .index(&["subscriber_id"])
        .index(&["newsletter_id", "status"])
        .create()
        .await
}

/// The exact words that somebody agreed to, each version once.
async fn consent_wording(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "consent_wording")
        .id()
        .required(Of::Text, &["locale", "text", "digest"])
        .required(Of::Instant, &["first_shown_at"])
        .unique(&["digest"])
        .create()
        .await
}

/// What somebody agreed to and withdrew, in the order in which it happened; nothing in it is ever changed.
async fn consent(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "consent")
        .id()
        .required(Of::Id, &["subscriber_id", "newsletter_id"])
        .word("step", &["REQUESTED", "CONFIRMED", "WITHDRAWN"])
        .word("channel", &["FORM", "CONFIRMATION_LINK", "PREFERENCES", "UNSUBSCRIBE_LINK"])
        .optional(Of::Id, &["wording_id"])
        .required(Of::Instant, &["at"])
        .reference("subscriber_id", "subscriber", Cascade)
        .reference("newsletter_id", "newsletter", Restrict)
        .reference("wording_id", "consent_wording", Restrict)
        .index(&["subscriber_id", "at", "id"])
        .index(&["newsletter_id"])
        .index(&["wording_id"])
        .create()
        .await
}

/// The ledger: one row for each issue and reader, made when sending starts.
async fn delivery(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "delivery")
        .required(Of::Id, &["issue_id", "subscription_id"])
        .word("status", &["QUEUED", "SENT", "DEFERRED", "BOUNCED", "FAILED", "SUPPRESSED", "UNSUBSCRIBED"])
        .required(Of::Integer, &["attempts"])
        .required(Of::Instant, &["next_at"])
        .optional(Of::Instant, &["locked_until", "sent_at"])
        .optional(Of::Text, &["last_error"])
        .at_least(0, &["attempts"])
        .check("sent_has_moment", "status <> 'SENT' OR sent_at IS NOT NULL")
        .key(&["issue_id", "subscription_id"])
        .reference("issue_id", "newsletter_issue", Restrict)
        .reference("subscription_id", "newsletter_subscription", Cascade)
        .index_where("open", "issue_id, next_at, subscription_id", "status IN ('QUEUED', 'DEFERRED')")
        .index(&["issue_id", "status"])
        .index(&["subscription_id"])
        .create()
        .await
}

/// Addresses that are never written to again, as keyed hashes: they outlive the address itself.
async fn suppression(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "suppression")
        .required(Of::Text, &["email_hash"])
        .word("reason", &["BOUNCED", "COMPLAINED"])
        .required(Of::Instant, &["at"])
        .key(&["email_hash"])
        .create()
        .await
}
