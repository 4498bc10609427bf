//! An issue of a newsletter in one language.

use sea_orm::entity::prelude::*;

use crate::id::NewsletterIssueId;

/// A row of `newsletter_issue_text`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "newsletter_issue_text")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub issue_id: NewsletterIssueId,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub locale: String,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub preheader: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub body_markdown: String,
    /// Sanitised when written.
    #[sea_orm(column_type = "Text")]
    pub body_html: String,
    /// What it says with its cards filled in, as it is mailed; null before they were.
    #[sea_orm(column_type = "Text", nullable)]
    pub mailed_markdown: Option<String>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To its issue.
    #[sea_orm(
        belongs_to = "super::newsletter_issue::Entity",
        from = "Column::IssueId",
        to = "super::newsletter_issue::Column::Id",
        on_delete = "Cascade"
    )]
    Issue,
}

impl ActiveModelBehavior for ActiveModel {}
