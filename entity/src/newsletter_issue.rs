//! An issue of a newsletter.

use sea_orm::entity::prelude::*;

use crate::id::{NewsletterId, NewsletterIssueId};
use crate::words::{NewsletterIssueStatus, Visibility};

/// A row of `newsletter_issue`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "newsletter_issue")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NewsletterIssueId,
    pub revision: i32,
    #[sea_orm(unique, column_type = "Text")]
    pub slug: String,
    pub newsletter_id: NewsletterId,
    pub status: NewsletterIssueStatus,
    /// Its newsletter's, or narrower.
    pub visibility: Visibility,
    #[sea_orm(column_type = "Text")]
    pub original_locale: String,
    pub scheduled_for: Option<DateTimeUtc>,
    pub started_at: Option<DateTimeUtc>,
    pub finished_at: Option<DateTimeUtc>,
    /// Why sending stopped itself.
    #[sea_orm(column_type = "Text", nullable)]
    pub problem: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To its newsletter.
    #[sea_orm(
        belongs_to = "super::newsletter::Entity",
        from = "Column::NewsletterId",
        to = "super::newsletter::Column::Id",
        on_delete = "Restrict"
    )]
    Newsletter,
}

impl ActiveModelBehavior for ActiveModel {}
