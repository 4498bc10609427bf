//! How often what calendars tell has changed: one count for each organisation that hosts, and one for what concerns all. Triggers count,
//! so that no way of writing can pass them over; whoever keeps a calendar sees by the counts whether it still is as it was.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;

/// A row of `calendar_change`. The count of an organisation is the sum of its rows.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_change")]
pub struct Model {
    /// Whose calendars; the id that is nobody's stands for all.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// The transaction that counted, so that no two wait for each other; 0 on SQLite, and for what was added up since.
    #[sea_orm(primary_key, auto_increment = false)]
    pub slot: i64,
    pub changes: i64,
    pub changed_at: DateTimeUtc,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
