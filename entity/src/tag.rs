//! A topic, shared by organisations, posts, and events.

use sea_orm::entity::prelude::*;

use crate::id::TagId;

/// A row of `tag`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tag")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TagId,
    #[sea_orm(unique, column_type = "Text")]
    pub slug: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// The one that it was merged into.
    pub merged_into: Option<TagId>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To the one that it was merged into.
    #[sea_orm(belongs_to = "Entity", from = "Column::MergedInto", to = "Column::Id", on_delete = "Restrict")]
    Merged,
}

impl ActiveModelBehavior for ActiveModel {}
