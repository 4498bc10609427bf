//! An event: what happens, and its schedule as its editor gave it. Its dates are occurrences.

use sea_orm::entity::prelude::*;

use crate::id::{EventId, MediaId, ProgrammeId, VenueId};
use crate::lists::{Agenda, Instants, PriceTiers, Questions, Strings};
use crate::words::{AttendanceMode, EventCategory, EventStatus, PriceKind, RegistrationMode, RegistrationScope, Visibility};

/// A row of `event`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventId,
    pub revision: i32,
    #[sea_orm(unique, column_type = "Text")]
    pub slug: String,
    pub status: EventStatus,
    pub visibility: Visibility,
    pub category: EventCategory,
    #[sea_orm(column_type = "Text")]
    pub original_locale: String,
    pub programme_id: Option<ProgrammeId>,
    /// Of the first date; local midnight where it is all day.
    pub starts_at: DateTimeUtc,
    /// Of the first date; exclusive.
    pub ends_at: Option<DateTimeUtc>,
    pub doors_at: Option<DateTimeUtc>,
    pub is_all_day: bool,
    /// IANA name.
    #[sea_orm(column_type = "Text")]
    pub time_zone: String,
    /// Said beside the time.
    #[sea_orm(column_type = "Text", nullable)]
    pub time_note: Option<String>,
    /// RFC 5545 section 3.3.10.
    #[sea_orm(column_type = "Text", nullable)]
    pub recurrence: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub except_dates: Instants,
    #[sea_orm(column_type = "JsonBinary")]
    pub further_dates: Instants,
    pub mode: AttendanceMode,
    pub venue_id: Option<VenueId>,
    #[sea_orm(column_type = "Text", nullable)]
    pub room: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub online_url: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub agenda: Agenda,
    /// Null where not stated.
    pub childcare: Option<bool>,
    #[sea_orm(column_type = "Text", nullable)]
    pub audience: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub entry_conditions: Option<String>,
    pub price_kind: PriceKind,
    #[sea_orm(column_type = "JsonBinary")]
    pub price_tiers: PriceTiers,
    #[sea_orm(column_type = "Text", nullable)]
    pub price_note: Option<String>,
    pub registration_mode: RegistrationMode,
    pub registration_scope: RegistrationScope,
    pub walk_ins_welcome: bool,
    pub registration_opens_at: Option<DateTimeUtc>,
    pub registration_closes_at: Option<DateTimeUtc>,
    /// Before each date's start.
    pub closes_minutes_before: Option<i32>,
    /// Of each date, or of the event as a whole; null is unlimited.
    pub capacity: Option<i32>,
    pub waitlist: bool,
    pub pending_holds_seats: bool,
    /// Per registration.
    pub max_seats: i32,
    #[sea_orm(column_type = "Text", nullable)]
    pub external_url: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub questions: Questions,
    #[sea_orm(column_type = "Text", nullable)]
    pub contact_name: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub contact_email: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub contact_phone: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub website: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub sources: Strings,
    #[sea_orm(column_type = "Text", nullable)]
    pub cancellation_reason: Option<String>,
    pub outcome_guests: Option<i32>,
    pub outcome_online_guests: Option<i32>,
    /// In the currency's smallest unit.
    pub outcome_donations: Option<i64>,
    /// ISO 4217.
    #[sea_orm(column_type = "Text")]
    pub outcome_currency: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub outcome_note: Option<String>,
    pub published_at: Option<DateTimeUtc>,
    pub scheduled_for: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub review_note: Option<String>,
    /// SEQUENCE of RFC 5545: raised when time, place, recurrence, or status changes.
    pub sequence: i32,
    /// DTSTAMP of its calendar entry: when anything in that entry last changed.
    pub revised_at: DateTimeUtc,
    /// Titles, folded for search.
    #[sea_orm(column_type = "Text")]
    pub search_title: String,
    /// All that search reads, folded.
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    /// Since when it waits for the office, while it is in review.
    pub handed_in_at: Option<DateTimeUtc>,
    pub cover_id: Option<MediaId>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To its programme.
    #[sea_orm(
        belongs_to = "super::programme::Entity",
        from = "Column::ProgrammeId",
        to = "super::programme::Column::Id",
        on_delete = "Restrict"
    )]
    Programme,
    /// To its venue.
    #[sea_orm(belongs_to = "super::venue::Entity", from = "Column::VenueId", to = "super::venue::Column::Id", on_delete = "Restrict")]
    Venue,
    /// To the picture above it.
    #[sea_orm(belongs_to = "super::media::Entity", from = "Column::CoverId", to = "super::media::Column::Id", on_delete = "Restrict")]
    Cover,
}

impl ActiveModelBehavior for ActiveModel {}
