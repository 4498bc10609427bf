//! What this installation is, in one row: which secret its processes share, and since when it runs.

use sea_orm::entity::prelude::*;

/// A row of `instance`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "instance")]
pub struct Model {
    /// Always 1: a check allows no other.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Fingerprint of the secret key, by which processes on one database see that they share it.
    #[sea_orm(column_type = "Text")]
    pub key_fingerprint: String,
    pub created_at: DateTimeUtc,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
