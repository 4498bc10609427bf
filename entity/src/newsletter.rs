//! A newsletter: what its organisation sends to who asked for it.

use sea_orm::entity::prelude::*;

use crate::id::{NewsletterId, OrganisationId};
use crate::words::Visibility;

/// A row of `newsletter`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "newsletter")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NewsletterId,
    pub revision: i32,
    #[sea_orm(unique, column_type = "Text")]
    pub slug: String,
    pub organisation_id: OrganisationId,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub description: String,
    pub visibility: Visibility,
    #[sea_orm(column_type = "Text", nullable)]
    pub reply_to: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To the organisation that sends it.
    #[sea_orm(
        belongs_to = "super::organisation::Entity",
        from = "Column::OrganisationId",
        to = "super::organisation::Column::Id",
        on_delete = "Restrict"
    )]
    Organisation,
}

impl ActiveModelBehavior for ActiveModel {}
