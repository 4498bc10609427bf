//! A person's place at an event: confirmed, waiting, or no more.

use sea_orm::entity::prelude::*;

use crate::id::{EventId, OccurrenceId, RegistrationId, SeatPoolId};
use crate::words::RegistrationStatus;

/// A row of `registration`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RegistrationId,
    pub seat_pool_id: SeatPoolId,
    pub event_id: EventId,
    /// Null where one registers for the event as a whole.
    pub occurrence_id: Option<OccurrenceId>,
    /// As they want to be called.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// In small letters; once among those of its pool that count.
    #[sea_orm(column_type = "Text")]
    pub email: String,
    pub seats: i32,
    pub status: RegistrationStatus,
    #[sea_orm(column_type = "Text", nullable)]
    pub note: Option<String>,
    /// In which the person is written to.
    #[sea_orm(column_type = "Text")]
    pub locale: String,
    /// In its pool, in the order in which they were accepted.
    pub number: i32,
    /// Of the secret in its mails; raised to end the links given before.
    pub secret_version: i32,
    /// Raised when the invitation that the person has changes apart from its event.
    pub invitation_sequence: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub confirmed_at: Option<DateTimeUtc>,
    pub cancelled_at: Option<DateTimeUtc>,
    pub checked_in_at: Option<DateTimeUtc>,
    /// When the person was last told that they are registered already.
    pub reminded_at: Option<DateTimeUtc>,
    /// When all that tells who it was of was deleted.
    pub anonymised_at: Option<DateTimeUtc>,
    /// When an organiser approved it. One that waits in line then needs no further decision.
    pub approved_at: Option<DateTimeUtc>,
    /// When it was left to be told that its date is tomorrow.
    pub told_ahead_at: Option<DateTimeUtc>,
    /// When the person's calendar last said that they come.
    pub accepted_at: Option<DateTimeUtc>,
    /// Why an organiser declined it.
    #[sea_orm(column_type = "Text", nullable)]
    pub decline_reason: Option<String>,
    /// Name, address and note, folded; empty once it is anonymous.
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To the pool that its seats are of.
    #[sea_orm(
        belongs_to = "super::seat_pool::Entity",
        from = "Column::SeatPoolId",
        to = "super::seat_pool::Column::Id",
        on_delete = "Restrict"
    )]
    SeatPool,
    /// To its event.
    #[sea_orm(belongs_to = "super::event::Entity", from = "Column::EventId", to = "super::event::Column::Id", on_delete = "Restrict")]
    Event,
    /// To its date.
    #[sea_orm(
        belongs_to = "super::occurrence::Entity",
        from = "Column::OccurrenceId",
        to = "super::occurrence::Column::Id",
        on_delete = "Restrict"
    )]
    Occurrence,
}

impl ActiveModelBehavior for ActiveModel {}
