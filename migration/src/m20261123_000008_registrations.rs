//! Who registered for what, and the seats that they take.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::table::{Cascade, NewTable, Of, Restrict, drop_tables};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

const STATUSES: [&str; 5] = ["PENDING", "CONFIRMED", "WAITLISTED", "DECLINED", "CANCELLED"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        seat_pool(manager).await?;
        registration(manager).await?;
        registration_answer(manager).await?;
        sensitive_answer(manager).await?;
        registration_receipt(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["registration_receipt", "sensitive_answer", "registration_answer", "registration", "seat_pool"];
        drop_tables(manager, &tables).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The row that is locked to give a seat; its counts are those of its registrations.
async fn seat_pool(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "seat_pool")
        .id()
        .required(Of::Id, &["event_id"])
        .optional(Of::Id, &["occurrence_id"])
        .required(Of::Integer, &["taken", "waiting", "last_number"])
        .at_least(0, &["taken", "waiting", "last_number"])
        .unique(&["occurrence_id"])
        .unique_where("of_whole_event_key", "event_id", "occurrence_id IS NULL")
        .reference("event_id", "event", Cascade)
        .reference("occurrence_id", "occurrence", Cascade)
        .index(&["event_id"])
        .create()
        .await
}

async fn registration(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "registration")
        .id()
        .required(Of::Id, &["seat_pool_id", "event_id"])
        .optional(Of::Id, &["occurrence_id"])
        .required(Of::Text, &["name", "email"])
        .required(Of::Integer, &["seats"])
        .word("status", &STATUSES)
        .optional(Of::Text, &["note"])
        .required(Of::Text, &["locale"])
        .required(Of::Integer, &["number", "secret_version", "invitation_sequence"])
        .required(Of::Instant, &["created_at", "updated_at"])
        .optional(Of::Instant, &["confirmed_at", "cancelled_at", "checked_in_at", "reminded_at", "anonymised_at"])
        .not_blank(&["name", "email"])
        .check("email_is_lower_case", "email = lower(email)")
        .check("confirmed_has_moment", "status <> 'CONFIRMED' OR confirmed_at IS NOT NULL")
        .check("cancelled_has_moment", "status <> 'CANCELLED' OR cancelled_at IS NOT NULL")
        .at_least(0, &["secret_version", "invitation_sequence"])
        .at_least(1, &["seats", "number"])
        .unique(&["seat_pool_id", "number"])
        .unique_where("once_per_address_key", "seat_pool_id, email", "status IN ('PENDING', 'CONFIRMED', 'WAITLISTED')")
        .reference("seat_pool_id", "seat_pool", Restrict)
        .reference("event_id", "event", Restrict)
        .reference("occurrence_id", "occurrence", Restrict)
        .index_where("in_line", "seat_pool_id, number", "status = 'WAITLISTED'")
        .index(&["event_id", "created_at", "id"])
        .index(&["occurrence_id"])
        .index(&["email"])
        .create()
        .await
}

async fn registration_answer(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    answers(NewTable::new(manager, "registration_answer")).await
}

/// Kept apart, to be seen by fewer people and deleted sooner.
async fn sensitive_answer(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    answers(NewTable::new(manager, "sensitive_answer")).await
}

async fn answers(table: NewTable<'_>) -> Result<(), DbErr> {
    table
        .required(Of::Id, &["registration_id"])
        .required(Of::Integer, &["position"])
        .required(Of::Json, &["question", "answers"])
        .at_least(0, &["position"])
        .key(&["registration_id", "position"])
        .reference("registration_id", "registration", Cascade)
        .create()
        .await
}

/// What was answered to a request with a key of its client's, to answer the same again.
async fn registration_receipt(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    NewTable::new(manager, "registration_receipt")
        .required(Of::Text, &["idempotency_key", "fingerprint"])
        .required(Of::Id, &["event_id"])
        .optional(Of::Id, &["occurrence_id"])
        .word("status", &STATUSES)
        .required(Of::Integer, &["seats"])
        .optional(Of::Integer, &["waitlist_position"])
        .required(Of::Instant, &["created_at"])
        .key(&["idempotency_key"])
        .at_least(1, &["seats", "waitlist_position"])
        .reference("event_id", "event", Cascade)
        .reference("occurrence_id", "occurrence", Cascade)
        .index(&["created_at"])
        .index(&["event_id"])
        .index(&["occurrence_id"])
        .create()
        .await
}
