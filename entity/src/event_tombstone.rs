//! An event that calendars had and that its public no longer sees: what they need to strike it out, and nothing of its text. It stands
//! alone, for the event may be deleted.

use sea_orm::entity::prelude::*;

use crate::id::EventId;
use crate::lists::FoundBy;
use crate::words::Visibility;

/// A row of `event_tombstone`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_tombstone")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: EventId,
    #[sea_orm(column_type = "Text")]
    pub slug: String,
    /// Who saw it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub visibility: Visibility,
    /// By what calendars found it.
    #[sea_orm(column_type = "JsonBinary")]
    pub found_by: FoundBy,
    /// DTSTART of its calendar entry.
    pub starts_at: DateTimeUtc,
    /// DTEND of its calendar entry.
    pub ends_at: Option<DateTimeUtc>,
    pub is_all_day: bool,
    /// IANA name.
    #[sea_orm(column_type = "Text")]
    pub time_zone: String,
    /// SEQUENCE of RFC 5545, higher than its public ever saw.
    pub sequence: i32,
    pub withdrawn_at: DateTimeUtc,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
