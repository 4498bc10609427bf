//! What an address was tried with lately, whether or not anybody has it.

use sea_orm::entity::prelude::*;

/// A row of `sign_in_address`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_address")]
pub struct Model {
    /// Keyed hash of the address.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub email_hash: String,
    /// Wrong codes in a row.
    pub tries: i32,
    /// When somebody last asked for it or tried it.
    pub touched_at: DateTimeUtc,
    /// When the last wrong code was judged.
    pub tried_at: Option<DateTimeUtc>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
