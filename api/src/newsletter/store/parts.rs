//! SQL of what belongs to issues and readers, for many at once.

use std::collections::HashMap;

use entity::id::{NewsletterId, NewsletterIssueId, SubscriberId};
use entity::{newsletter, newsletter_issue_text, newsletter_subscription};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::db::grouping;

/// The texts of issues, in all languages.
///
/// # Errors
/// Where the database fails.
pub async fn texts(
    db: &impl ConnectionTrait,
    ids: Vec<NewsletterIssueId>,
) -> Result<HashMap<NewsletterIssueId, Vec<newsletter_issue_text::Model>>, DbErr> {
    use newsletter_issue_text::{Column, Entity};
    Ok(grouping::by(Entity::find().filter(Column::IssueId.is_in(ids)).order_by_asc(Column::Locale).all(db).await?, |row| row.issue_id))
}

/// What readers get, wanted to, or did.
///
/// # Errors
/// Where the database fails.
pub async fn subscriptions(
    db: &impl ConnectionTrait,
    ids: Vec<SubscriberId>,
) -> Result<HashMap<SubscriberId, Vec<newsletter_subscription::Model>>, DbErr> {
    use newsletter_subscription::{Column, Entity};
    let rows = Entity::find().filter(Column::SubscriberId.is_in(ids)).order_by_asc(Column::RequestedAt).order_by_asc(Column::Id);
    Ok(grouping::by(rows.all(db).await?, |row| row.subscriber_id))
}

/// Newsletters that somebody reads, whoever else may: a reader keeps seeing what they get.
///
/// # Errors
/// Where the database fails.
pub async fn read_ones(db: &impl ConnectionTrait, ids: Vec<NewsletterId>) -> Result<HashMap<NewsletterId, newsletter::Model>, DbErr> {
    let rows = newsletter::Entity::find().filter(newsletter::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
