//! The network itself: what it has beside being an organisation. One row.

use sea_orm::entity::prelude::*;

use crate::id::OrganisationId;
use crate::lists::{OpeningHours, Strings};

/// A row of `network`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "network")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// Raised by every change; what `expectedRevision` is held against.
    pub revision: i32,
    #[sea_orm(column_type = "Text")]
    pub legal_name: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub directions: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub opening_hours: OpeningHours,
    #[sea_orm(column_type = "Text", nullable)]
    pub opening_hours_note: Option<String>,
    /// IANA name.
    #[sea_orm(column_type = "Text")]
    pub time_zone: String,
    #[sea_orm(column_type = "Text")]
    pub default_locale: String,
    /// Languages of its public life, the default first.
    #[sea_orm(column_type = "JsonBinary")]
    pub locales: Strings,
    pub updated_at: DateTimeUtc,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To its organisation.
    #[sea_orm(
        belongs_to = "super::organisation::Entity",
        from = "Column::OrganisationId",
        to = "super::organisation::Column::Id",
        on_delete = "Restrict"
    )]
    Organisation,
}

impl ActiveModelBehavior for ActiveModel {}
