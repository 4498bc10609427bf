//! The exact words that somebody agreed to; each version once.

use sea_orm::entity::prelude::*;

use crate::id::ConsentWordingId;

/// A row of `consent_wording`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consent_wording")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConsentWordingId,
    #[sea_orm(column_type = "Text")]
    pub locale: String,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// SHA-256 of language and text.
    #[sea_orm(unique, column_type = "Text")]
    pub digest: String,
    pub first_shown_at: DateTimeUtc,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
