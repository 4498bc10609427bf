//! An address that is never written to again, as a keyed hash: it outlives the address.

use sea_orm::entity::prelude::*;

use crate::words::SuppressionReason;

/// A row of `suppression`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "suppression")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub email_hash: String,
    pub reason: SuppressionReason,
    pub at: DateTimeUtc,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
