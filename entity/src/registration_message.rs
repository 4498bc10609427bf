//! What organisers write to those who are registered.

use sea_orm::entity::prelude::*;

use crate::id::{EventId, OccurrenceId, RegistrationId, RegistrationMessageId};
use crate::words::RegistrationAudience;

/// A row of `registration_message`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registration_message")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RegistrationMessageId,
    pub event_id: EventId,
    /// For those of this date alone, where not of all.
    pub occurrence_id: Option<OccurrenceId>,
    pub audience: RegistrationAudience,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    #[sea_orm(column_type = "Text")]
    pub body_markdown: String,
    pub created_at: DateTimeUtc,
    /// The last registration, in the order of their ids, to which it was left to be sent.
    pub told_up_to: Option<RegistrationId>,
    /// When it was left to be sent to the last of them.
    pub told_at: Option<DateTimeUtc>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To the event that it is about.
    #[sea_orm(belongs_to = "super::event::Entity", from = "Column::EventId", to = "super::event::Column::Id", on_delete = "Cascade")]
    Event,
    /// To the date that it is about.
    #[sea_orm(
        belongs_to = "super::occurrence::Entity",
        from = "Column::OccurrenceId",
        to = "super::occurrence::Column::Id",
        on_delete = "Cascade"
    )]
    Occurrence,
}

impl ActiveModelBehavior for ActiveModel {}
