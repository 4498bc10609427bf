//! SQL of deliveries that come back.

use chrono::{DateTime, Utc};
use entity::delivery::{Column, Entity, Model};
use entity::id::{NewsletterIssueId, SubscriptionId};
use entity::newsletter_subscription;
use entity::words::DeliveryStatus;
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

/// How a delivery stands that can come back: it was accepted, or we were not told so.
const UNDERWAY: [DeliveryStatus; 3] = [DeliveryStatus::Sent, DeliveryStatus::Queued, DeliveryStatus::Deferred];

/// A subscription.
///
/// # Errors
/// Where the database fails.
pub async fn subscription(db: &impl ConnectionTrait, id: SubscriptionId) -> Result<Option<newsletter_subscription::Model>, DbErr> {
    newsletter_subscription::Entity::find_by_id(id).one(db).await
}

/// Deliveries of a subscription that can come back, the latest first.
///
/// # Errors
/// Where the database fails.
pub async fn underway(db: &impl ConnectionTrait, subscription: SubscriptionId) -> Result<Vec<Model>, DbErr> {
    let lines = Entity::find().filter(Column::SubscriptionId.eq(subscription)).filter(Column::Status.is_in(UNDERWAY));
    lines.order_by_desc(Column::NextAt).order_by_desc(Column::IssueId).all(db).await
}

/// Writes down that a delivery came back.
///
/// # Errors
/// Where the database fails.
pub async fn record(
    tx: &impl ConnectionTrait,
    (issue, subscription): (NewsletterIssueId, SubscriptionId),
    status: DeliveryStatus,
    error: String,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Status, status.into())
        .col_expr(Column::LockedUntil, SimpleExpr::from(None::<DateTime<Utc>>))
        .col_expr(Column::NextAt, now.into())
        .col_expr(Column::LastError, error.into())
        .filter(Column::IssueId.eq(issue))
        .filter(Column::SubscriptionId.eq(subscription))
        .filter(Column::Status.is_in(UNDERWAY))
        .exec(tx)
        .await?;
    Ok(())
}
