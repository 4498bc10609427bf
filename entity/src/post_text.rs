//! A post in one language.

use sea_orm::entity::prelude::*;

use crate::id::PostId;

/// A row of `post_text`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "post_text")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub post_id: PostId,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub locale: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub teaser: String,
    #[sea_orm(column_type = "Text")]
    pub body_markdown: String,
    /// Sanitised when written.
    #[sea_orm(column_type = "Text")]
    pub body_html: String,
    /// Words of the body, by which the reading time is computed.
    pub body_words: i32,
    /// In easy words.
    #[sea_orm(column_type = "Text", nullable)]
    pub plain_summary: Option<String>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To its post.
    #[sea_orm(belongs_to = "super::post::Entity", from = "Column::PostId", to = "super::post::Column::Id", on_delete = "Cascade")]
    Post,
}

impl ActiveModelBehavior for ActiveModel {}
