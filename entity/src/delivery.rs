//! A line of the ledger: what became of an issue for one reader.

use sea_orm::entity::prelude::*;

use crate::id::{NewsletterIssueId, SubscriptionId};
use crate::words::DeliveryStatus;

/// A row of `delivery`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub issue_id: NewsletterIssueId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub subscription_id: SubscriptionId,
    pub status: DeliveryStatus,
    pub attempts: i32,
    /// When it is tried next; once it is over, when that was.
    pub next_at: DateTimeUtc,
    /// End of the lease of the lane that has it.
    pub locked_until: Option<DateTimeUtc>,
    /// When the server accepted it.
    pub sent_at: Option<DateTimeUtc>,
    /// Codes alone, without anybody's address.
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To its issue.
    #[sea_orm(
        belongs_to = "super::newsletter_issue::Entity",
        from = "Column::IssueId",
        to = "super::newsletter_issue::Column::Id",
        on_delete = "Restrict"
    )]
    Issue,
    /// To the subscription.
    #[sea_orm(
        belongs_to = "super::newsletter_subscription::Entity",
        from = "Column::SubscriptionId",
        to = "super::newsletter_subscription::Column::Id",
        on_delete = "Cascade"
    )]
    Subscription,
}

impl ActiveModelBehavior for ActiveModel {}
