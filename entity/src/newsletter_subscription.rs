//! That a reader gets a newsletter, wants to, or did.

use sea_orm::entity::prelude::*;

use crate::id::{NewsletterId, SubscriberId, SubscriptionId};
use crate::words::SubscriptionStatus;

/// A row of `newsletter_subscription`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "newsletter_subscription")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SubscriptionId,
    pub newsletter_id: NewsletterId,
    pub subscriber_id: SubscriberId,
    pub status: SubscriptionStatus,
    pub requested_at: DateTimeUtc,
    pub confirmed_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
}

/// What a row refers to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// To the newsletter.
    #[sea_orm(
        belongs_to = "super::newsletter::Entity",
        from = "Column::NewsletterId",
        to = "super::newsletter::Column::Id",
        on_delete = "Restrict"
    )]
    Newsletter,
    /// To the reader.
    #[sea_orm(
        belongs_to = "super::subscriber::Entity",
        from = "Column::SubscriberId",
        to = "super::subscriber::Column::Id",
        on_delete = "Cascade"
    )]
    Subscriber,
}

impl ActiveModelBehavior for ActiveModel {}
