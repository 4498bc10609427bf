//! Events, their dates, and the posts that speak of them.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::table::{Cascade, NewTable, Of, Restrict, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

const MODES: [&str; 3] = ["ONSITE", "ONLINE", "HYBRID"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        event(manager).await?;
        event_text(manager).await?;
        event_host(manager).await?;
        event_language(manager).await?;
        event_feature(manager).await?;
        event_tag(manager).await?;
        occurrence(manager).await?;
        post_event(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["post_event", "occurrence", "event_tag", "event_feature", "event_language", "event_host", "event_text", "event"];
        drop_tables(manager, &tables).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn event(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "event")
        .id()
        .revision()
        .slug()
        .word("status", &["DRAFT", "IN_REVIEW", "SCHEDULED", "PUBLISHED", "POSTPONED", "CANCELLED"])
        .word("visibility", &["PUBLIC", "UNLISTED", "MEMBERS", "HOSTS"])
        .word(
            "category",
            &[
                "TALK",
                "PANEL",
                "CONFERENCE",
                "WORKSHOP",
                "TRAINING",
                "COURSE",
                "COUNSELLING",
                "CONCERT",
                "FILM",
                "THEATRE",
                "EXHIBITION",
                "FESTIVAL",
                "CELEBRATION",
                "MEETING",
                "ASSEMBLY",
                "RETREAT",
                "RALLY",
                "VIGIL",
                "BROADCAST",
                "SPORT",
                "OTHER",
            ],
        )
        .required(Of::Text, &["original_locale"])
        .optional(Of::Id, &["programme_id"])
        .required(Of::Instant, &["starts_at"])
        .optional(Of::Instant, &["ends_at", "doors_at"])
        .required(Of::Boolean, &["is_all_day"])
        .required(Of::Text, &["time_zone"])
        .optional(Of::Text, &["time_note", "recurrence"])
        .required(Of::Json, &["except_dates", "further_dates"])
        .word("mode", &MODES)
        .optional(Of::Id, &["venue_id"])
        .optional(Of::Text, &["room", "online_url"])
        .required(Of::Json, &["agenda"])
        .optional(Of::Boolean, &["childcare"])
        .optional(Of::Text, &["audience", "entry_conditions"])
        .word("price_kind", &["FREE", "DONATION", "PAID", "NOT_STATED"])
        .required(Of::Json, &["price_tiers"])
        .optional(Of::Text, &["price_note"])
        .word("registration_mode", &["NONE", "OPEN", "APPROVAL", "EXTERNAL"])
        .word("registration_scope", &["EACH_DATE", "WHOLE_EVENT"])
        .required(Of::Boolean, &["walk_ins_welcome"])
        .optional(Of::Instant, &["registration_opens_at", "registration_closes_at"])
        .optional(Of::Integer, &["closes_minutes_before", "capacity"])
        .required(Of::Boolean, &["waitlist", "pending_holds_seats"])
        .required(Of::Integer, &["max_seats"])
        .optional(Of::Text, &["external_url"])
        .required(Of::Json, &["questions"])
        .optional(Of::Text, &["contact_name", "contact_email", "contact_phone", "website"])
        .required(Of::Json, &["sources"])
        .optional(Of::Text, &["cancellation_reason"])
        .optional(Of::Integer, &["outcome_guests", "outcome_online_guests"])
        .optional(Of::BigInteger, &["outcome_donations"])
        .required(Of::Text, &["outcome_currency"])
        .optional(Of::Text, &["outcome_note"])
        .optional(Of::Instant, &["published_at", "scheduled_for"])
        .optional(Of::Text, &["review_note"])
        .required(Of::Integer, &["sequence"])
        .required(Of::Instant, &["revised_at"])
        .required(Of::Text, &["search_title", "search_text"])
        .required(Of::Instant, &["created_at", "updated_at"])
        .check("ends_after_start", "ends_at > starts_at")
        .check("recurs_or_has_further_dates", "recurrence IS NULL OR further_dates = '[]'")
        .check("published_has_moment", "status <> 'PUBLISHED' OR published_at IS NOT NULL")
        .check("scheduled_has_moment", "status <> 'SCHEDULED' OR scheduled_for IS NOT NULL")
        .at_least(0, &["closes_minutes_before", "capacity", "outcome_guests", "outcome_online_guests", "outcome_donations", "sequence"])
        .at_least(1, &["max_seats"])
        .capitals(3, "outcome_currency")
        .reference("programme_id", "programme", Restrict)
        .reference("venue_id", "venue", Restrict)
        .index(&["status", "visibility"])
        .index(&["category"])
        .index(&["programme_id"])
        .index(&["venue_id"])
        .searched()
        .create()
        .await
}

async fn event_text(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "event_text")
        .required(Of::Id, &["event_id"])
        .required(Of::Text, &["locale", "title", "summary", "description_markdown", "description_html"])
        .not_blank(&["title"])
        .key(&["event_id", "locale"])
        .reference("event_id", "event", Cascade)
        .create()
        .await
}

async fn event_host(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "event_host")
        .required(Of::Id, &["event_id", "organisation_id"])
        .word("role", &["HOST", "CO_HOST", "PARTNER", "FUNDER"])
        .position_in(&["event_id"])
        .key(&["event_id", "organisation_id"])
        .reference("event_id", "event", Cascade)
        .reference("organisation_id", "organisation", Restrict)
        .index(&["organisation_id", "event_id"])
        .create()
        .await
}

/// The languages that it is held in are one list, those that it is interpreted into another.
async fn event_language(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "event_language")
        .required(Of::Id, &["event_id"])
        .required(Of::Text, &["locale"])
        .required(Of::Boolean, &["is_interpretation"])
        .position_in(&["event_id", "is_interpretation"])
        .key(&["event_id", "locale", "is_interpretation"])
        .reference("event_id", "event", Cascade)
        .index(&["locale", "event_id"])
        .create()
        .await
}

async fn event_feature(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "event_feature")
        .required(Of::Id, &["event_id"])
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
        .key(&["event_id", "feature"])
        .reference("event_id", "event", Cascade)
        .index(&["feature", "is_available", "event_id"])
        .create()
        .await
}

async fn event_tag(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "event_tag")
        .required(Of::Id, &["event_id", "tag_id"])
        .position_in(&["event_id"])
        .key(&["event_id", "tag_id"])
        .reference("event_id", "event", Cascade)
        .reference("tag_id", "tag", Restrict)
        .index(&["tag_id", "event_id"])
        .create()
        .await
}

async fn occurrence(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "occurrence")
        .id()
        .revision()
        .required(Of::Id, &["event_id"])
        .required(Of::Instant, &["starts_at"])
        .optional(Of::Instant, &["ends_at", "doors_at"])
        .required(Of::Instant, &["original_starts_at", "over_at"])
        .required(Of::Boolean, &["place_is_own"])
        .word("mode", &MODES)
        .optional(Of::Id, &["venue_id"])
        .optional(Of::Text, &["room", "online_url"])
        .required(Of::Boolean, &["is_cancelled"])
        .optional(Of::Text, &["cancellation_reason"])
        .optional(Of::Integer, &["capacity"])
        .required(Of::Instant, &["updated_at"])
        .check("ends_after_start", "ends_at > starts_at")
        .check("is_over_after_start", "over_at >= starts_at")
        .at_least(0, &["capacity"])
        .unique(&["event_id", "original_starts_at"])
        .reference("event_id", "event", Cascade)
        .reference("venue_id", "venue", Restrict)
        .index(&["starts_at", "id"])
        .index(&["event_id", "starts_at", "id"])
        .index(&["venue_id", "starts_at", "id"])
        .index(&["over_at", "id"])
        .create()
        .await
}

async fn post_event(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "post_event")
        .required(Of::Id, &["post_id", "event_id"])
        .position_in(&["post_id"])
        .key(&["post_id", "event_id"])
        .reference("post_id", "post", Cascade)
        .reference("event_id", "event", Cascade)
        .index(&["event_id", "post_id"])
        .create()
        .await
}
