//! When something that comes again and again is due next.

use sea_orm::entity::prelude::*;

/// A row of `schedule`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "schedule")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub name: String,
    /// What `next_at` was reckoned by, so that another rule is noticed.
    #[sea_orm(column_type = "Text")]
    pub rule: String,
    pub next_at: DateTimeUtc,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
