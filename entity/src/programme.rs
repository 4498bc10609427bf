//! A lasting piece of work: a radio show, a funded project, a series.

use sea_orm::entity::prelude::*;

use crate::id::{OrganisationId, ProgrammeId};
use crate::lists::Strings;

/// A row of `programme`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "programme")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProgrammeId,
    pub revision: i32,
    #[sea_orm(unique, column_type = "Text")]
    pub slug: String,
    pub organisation_id: OrganisationId,
    pub is_broadcast: bool,
    #[sea_orm(column_type = "Text")]
    pub original_locale: String,
    /// Partial date.
    #[sea_orm(column_type = "Text", nullable)]
    pub started_on: Option<String>,
    /// Partial date.
    #[sea_orm(column_type = "Text", nullable)]
    pub ended_on: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub sources: Strings,
    pub created_at: DateTimeUtc,
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
