//! An association, a partner, a funder, or the network itself.

use sea_orm::entity::prelude::*;

use crate::id::{MediaId, OrganisationId};
use crate::lists::Strings;
use crate::words::OrganisationKind;

/// A row of `organisation`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrganisationId,
    /// Raised by every change; what `expectedRevision` is held against.
    pub revision: i32,
    #[sea_orm(unique, column_type = "Text")]
    pub slug: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// The name folded for sorting (`Ä` beside `A`), the key of the directory's order.
    #[sea_orm(column_type = "Text")]
    pub name_key: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub short_name: Option<String>,
    /// Earlier and other spellings.
    #[sea_orm(column_type = "JsonBinary")]
    pub aliases: Strings,
    pub kind: OrganisationKind,
    #[sea_orm(column_type = "Text", nullable)]
    pub legal_form: Option<String>,
    /// Language of the text that the others translate.
    #[sea_orm(column_type = "Text")]
    pub original_locale: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub website: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub email: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub phone: Option<String>,
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
    /// Many associations are registered at a private home.
    pub address_is_public: bool,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    /// Partial date: `2012-05-03`, `2009-12`, or `2009`.
    #[sea_orm(column_type = "Text", nullable)]
    pub founded_on: Option<String>,
    pub publishes_without_review: bool,
    /// Addresses where its facts were found.
    #[sea_orm(column_type = "JsonBinary")]
    pub sources: Strings,
    /// Names, folded for search.
    #[sea_orm(column_type = "Text")]
    pub search_title: String,
    /// All that search reads, folded.
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub logo_id: Option<MediaId>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To its sign.
    #[sea_orm(belongs_to = "super::media::Entity", from = "Column::LogoId", to = "super::media::Column::Id", on_delete = "Restrict")]
    Logo,
}

impl ActiveModelBehavior for ActiveModel {}
