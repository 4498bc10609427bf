//! A place where events happen.

use sea_orm::entity::prelude::*;

use crate::id::{OrganisationId, VenueId};
use crate::lists::Strings;

/// A row of `venue`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "venue")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VenueId,
    pub revision: i32,
    /// Its stable name in imports; not part of any address.
    #[sea_orm(unique, column_type = "Text")]
    pub slug: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// The name folded for sorting.
    #[sea_orm(column_type = "Text")]
    pub name_key: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub street: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub address_extra: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub postal_code: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub city: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub district: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[sea_orm(column_type = "Text")]
    pub country_code: String,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    #[sea_orm(column_type = "JsonBinary")]
    pub rooms: Strings,
    #[sea_orm(column_type = "Text", nullable)]
    pub directions: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub website: Option<String>,
    pub organisation_id: Option<OrganisationId>,
    /// All that search reads, folded.
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    /// The one that it was merged into.
    pub merged_into: Option<VenueId>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To the one that it was merged into.
    #[sea_orm(belongs_to = "Entity", from = "Column::MergedInto", to = "Column::Id", on_delete = "Restrict")]
    Merged,
    /// To its organisation.
    #[sea_orm(
        belongs_to = "super::organisation::Entity",
        from = "Column::OrganisationId",
        to = "super::organisation::Column::Id",
        on_delete = "SetNull"
    )]
    Organisation,
}

impl ActiveModelBehavior for ActiveModel {}
