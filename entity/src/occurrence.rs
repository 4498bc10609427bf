//! One date of an event, with the place where it happens. Its id lasts, also when it moves.

use sea_orm::entity::prelude::*;

use crate::id::{EventId, OccurrenceId, VenueId};
use crate::words::AttendanceMode;

/// A row of `occurrence`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "occurrence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OccurrenceId,
    pub revision: i32,
    pub event_id: EventId,
    pub starts_at: DateTimeUtc,
    /// Exclusive.
    pub ends_at: Option<DateTimeUtc>,
    pub doors_at: Option<DateTimeUtc>,
    /// Where the schedule put it; unique in its event.
    pub original_starts_at: DateTimeUtc,
    /// Its end, or where none is known the end of its local day.
    pub over_at: DateTimeUtc,
    /// Whether this date is elsewhere than its event; else the four fields below repeat the event's.
    pub place_is_own: bool,
    pub mode: AttendanceMode,
    pub venue_id: Option<VenueId>,
    #[sea_orm(column_type = "Text", nullable)]
    pub room: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub online_url: Option<String>,
    pub is_cancelled: bool,
    #[sea_orm(column_type = "Text", nullable)]
    pub cancellation_reason: Option<String>,
    /// Of this date, where it differs from the event's.
    pub capacity: Option<i32>,
    pub updated_at: DateTimeUtc,
    /// Raised when the time or the place of this date changes, or whether it takes place.
    pub sequence: i32,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To its event.
    #[sea_orm(belongs_to = "super::event::Entity", from = "Column::EventId", to = "super::event::Column::Id", on_delete = "Cascade")]
    Event,
    /// To its venue.
    #[sea_orm(belongs_to = "super::venue::Entity", from = "Column::VenueId", to = "super::venue::Column::Id", on_delete = "Restrict")]
    Venue,
}

impl ActiveModelBehavior for ActiveModel {}
