//! What is known of a venue's accessibility; what is not listed has not been stated.

use sea_orm::entity::prelude::*;

use crate::id::VenueId;
use crate::words::AccessibilityFeature;

/// A row of `venue_feature`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "venue_feature")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub venue_id: VenueId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub feature: AccessibilityFeature,
    pub is_available: bool,
    #[sea_orm(column_type = "Text", nullable)]
    pub note: Option<String>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To its venue.
    #[sea_orm(belongs_to = "super::venue::Entity", from = "Column::VenueId", to = "super::venue::Column::Id", on_delete = "Cascade")]
    Venue,
}

impl ActiveModelBehavior for ActiveModel {}
