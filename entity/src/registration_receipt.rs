//! What was answered to a registration that came with a key, so that the same key gets the same answer. Nothing of the person.

use sea_orm::entity::prelude::*;

use crate::id::{EventId, OccurrenceId};
use crate::words::RegistrationStatus;

/// A row of `registration_receipt`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registration_receipt")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub idempotency_key: String,
    /// Keyed hash of all that was given.
    #[sea_orm(column_type = "Text")]
    pub fingerprint: String,
    pub event_id: EventId,
    pub occurrence_id: Option<OccurrenceId>,
    pub status: RegistrationStatus,
    pub seats: i32,
    /// 1 for the next in line; null unless waitlisted.
    pub waitlist_position: Option<i32>,
    pub created_at: DateTimeUtc,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To its event.
    #[sea_orm(belongs_to = "super::event::Entity", from = "Column::EventId", to = "super::event::Column::Id", on_delete = "Cascade")]
    Event,
    /// To its date.
    #[sea_orm(
        belongs_to = "super::occurrence::Entity",
        from = "Column::OccurrenceId",
        to = "super::occurrence::Column::Id",
        on_delete = "Cascade"
    )]
    Occurrence,
}

impl ActiveModelBehavior for ActiveModel {}
