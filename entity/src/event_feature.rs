//! What is known of an event's accessibility beside its venue's.

use sea_orm::entity::prelude::*;

use crate::id::EventId;
use crate::words::AccessibilityFeature;

/// A row of `event_feature`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_feature")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: EventId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub feature: AccessibilityFeature,
    pub is_available: bool,
    #[sea_orm(column_type = "Text", nullable)]
    pub note: Option<String>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To its event.
    #[sea_orm(belongs_to = "super::event::Entity", from = "Column::EventId", to = "super::event::Column::Id", on_delete = "Cascade")]
    Event,
}

impl ActiveModelBehavior for ActiveModel {}
