//! The seats of a date, or of an event that one registers for as a whole: the row that is locked to give one.

use sea_orm::entity::prelude::*;

use crate::id::{EventId, OccurrenceId, SeatPoolId};

/// A row of `seat_pool`. Its counts are those of its registrations.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seat_pool")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SeatPoolId,
    pub event_id: EventId,
    /// Null where one registers for the event as a whole.
    #[sea_orm(unique)]
    pub occurrence_id: Option<OccurrenceId>,
    /// Seats held.
    pub taken: i32,
    /// Seats that people wait for.
    pub waiting: i32,
    /// Of the latest registration; they are numbered in the order in which they were accepted.
    pub last_number: i32,
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
