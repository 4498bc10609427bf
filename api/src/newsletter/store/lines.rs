//! SQL of the lines of the ledger of deliveries: taking them, and writing down what became of each.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::delivery::{Column, Entity, Model};
use entity::id::{NewsletterIssueId, SubscriberId, SubscriptionId};
use entity::words::{DeliveryStatus, NewsletterIssueStatus, SubscriptionStatus};
use entity::{newsletter_issue, newsletter_subscription, subscriber};
use sea_orm::sea_query::{Expr, ExprTrait, Func, LockBehavior, LockType, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseBackend, DbErr, EntityTrait, FromQueryResult, QueryFilter};

use super::deliveries::{OPEN, is_open};

/// A line of the ledger that a lane has taken, with its reader.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Taken {
    /// Which line.
    pub subscription_id: SubscriptionId,
    /// Attempts before.
    pub attempts: i32,
    /// The reader.
    pub subscriber_id: SubscriberId,
    /// Where they are written to.
    pub email: String,
    /// How they are called.
    pub name: Option<String>,
    /// In which language.
    pub locale: String,
    /// Of the secret in their links.
    pub secret_version: i32,
}

/// What became of an attempt.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// How the delivery stands now.
    pub status: DeliveryStatus,
    /// When it is tried again, where it is; else this is over.
    pub next_at: Option<DateTime<Utc>>,
    /// What went wrong: codes alone.
    pub error: Option<String>,
    /// Whether the server said that the address is gone for good.
    pub is_gone: bool,
    /// Whether it was tried at all.
    pub was_tried: bool,
}

impl Outcome {
    /// The last attempt.
    #[must_use]
    pub fn over(status: DeliveryStatus, error: Option<String>) -> Self {
        Self { status, next_at: None, error, is_gone: false, was_tried: true }
    }

    /// Not tried: others go first.
    #[must_use]
    pub fn put_off(line: &Taken, until: DateTime<Utc>) -> Self {
        let status = if line.attempts == 0 { DeliveryStatus::Queued } else { DeliveryStatus::Deferred };
        Self { next_at: Some(until), was_tried: false, ..Self::over(status, None) }
    }
}

/// Takes the next lines of an issue's ledger that are due, for nobody else until the lease ends.
///
/// # Errors
/// Where the database fails.
pub async fn take(
    db: &impl ConnectionTrait,
    issue: NewsletterIssueId,
    most: u64,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Taken>, DbErr> {
    let mut due = Query::select()
        .column(Column::SubscriptionId)
        .from(Entity)
        .and_where(Column::IssueId.eq(issue))
        .and_where(is_open())
        .and_where(Column::NextAt.lte(now))
        .cond_where(Column::LockedUntil.is_null().or(Column::LockedUntil.lte(now)))
        .order_by(Column::NextAt, sea_orm::Order::Asc)
        .order_by(Column::SubscriptionId, sea_orm::Order::Asc)
        .limit(most)
        .take();
    if db.get_database_backend() == DatabaseBackend::Postgres {
        due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let rows: Vec<Model> = Entity::update_many()
        .col_expr(Column::LockedUntil, until.into())
        .filter(Column::IssueId.eq(issue))
        .filter(Column::SubscriptionId.in_subquery(due))
        .exec_with_returning(db)
        .await?;
    readers(db, issue, rows.into_iter().map(|row| row.subscription_id).collect()).await
}

async fn readers(db: &impl ConnectionTrait, issue: NewsletterIssueId, ids: Vec<SubscriptionId>) -> Result<Vec<Taken>, DbErr> {
    use newsletter_subscription::{Column as Subscription, Entity as Subscriptions};
    use subscriber::{Column as Reader, Entity as Readers};
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let select = Query::select()
        .column((Entity, Column::SubscriptionId))
        .column((Entity, Column::Attempts))
        .column((Subscriptions, Subscription::SubscriberId))
        .columns([(Readers, Reader::Email), (Readers, Reader::Name), (Readers, Reader::Locale), (Readers, Reader::SecretVersion)])
        .from(Entity)
        .inner_join(Subscriptions, Expr::col((Subscriptions, Subscription::Id)).equals((Entity, Column::SubscriptionId)))
        .inner_join(Readers, Expr::col((Readers, Reader::Id)).equals((Subscriptions, Subscription::SubscriberId)))
        .and_where(Expr::col((Entity, Column::IssueId)).eq(issue))
        .and_where(Expr::col((Entity, Column::SubscriptionId)).is_in(ids))
        .and_where(Expr::col((Entity, Column::Status)).is_in(OPEN))
        .order_by((Entity, Column::SubscriptionId), sea_orm::Order::Asc)
        .take();
    Taken::find_by_statement(db.get_database_backend().build(&select)).all(db).await
}

/// Keeps lines that a lane has taken, for longer.
///
/// # Errors
/// Where the database fails.
pub async fn keep(
    db: &impl ConnectionTrait,
    issue: NewsletterIssueId,
    ids: Vec<SubscriptionId>,
    until: Option<DateTime<Utc>>,
) -> Result<(), DbErr> {
    let lines = Entity::update_many().col_expr(Column::LockedUntil, until.into()).filter(Column::IssueId.eq(issue));
    lines.filter(Column::SubscriptionId.is_in(ids)).filter(Column::Status.is_in(OPEN)).exec(db).await?;
    Ok(())
}

/// Writes down what became of an attempt.
///
/// # Errors
/// Where the database fails.
pub async fn record(
    db: &impl ConnectionTrait,
    issue: NewsletterIssueId,
    subscription: SubscriptionId,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let is_sent = outcome.status == DeliveryStatus::Sent;
    let next_at = outcome.next_at.unwrap_or(now);
    let mut update = Entity::update_many()
        .col_expr(Column::Status, outcome.status.into())
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(i32::from(outcome.was_tried)))
        .col_expr(Column::LockedUntil, SimpleExpr::from(None::<DateTime<Utc>>))
        .col_expr(Column::SentAt, is_sent.then_some(now).into())
        .col_expr(Column::NextAt, next_at.into())
        .col_expr(Column::LastError, outcome.error.into())
        .filter(Column::IssueId.eq(issue))
        .filter(Column::SubscriptionId.eq(subscription));
    // What was accepted is sent, also where the reader left at that moment; all else stays taken back.
    if !is_sent {
        update = update.filter(Column::Status.is_in(OPEN));
    }
    update.exec(db).await?;
    Ok(())
}

/// Writes down that the mail server accepted these, also where a reader left at that moment.
///
/// # Errors
/// Where the database fails.
pub async fn record_sent(
    db: &impl ConnectionTrait,
    issue: NewsletterIssueId,
    ids: Vec<SubscriptionId>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Status, DeliveryStatus::Sent.into())
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .col_expr(Column::LockedUntil, SimpleExpr::from(None::<DateTime<Utc>>))
        .col_expr(Column::SentAt, now.into())
        .col_expr(Column::NextAt, now.into())
        .col_expr(Column::LastError, SimpleExpr::from(None::<String>))
        .filter(Column::IssueId.eq(issue))
        .filter(Column::SubscriptionId.is_in(ids))
        .exec(db)
        .await?;
    Ok(())
}

/// How a line stands at this moment.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// Whether it is still to be delivered.
    pub delivery: DeliveryStatus,
    /// Whether the reader still gets the newsletter.
    pub subscription: SubscriptionStatus,
    /// Whether the issue is still being sent.
    pub issue: NewsletterIssueStatus,
    /// Whether the address is never to be written to.
    pub is_suppressed: bool,
}

#[derive(FromQueryResult)]
struct Found {
    id: SubscriptionId,
    delivery: DeliveryStatus,
    subscription: SubscriptionStatus,
    issue: NewsletterIssueStatus,
}

/// How lines of the ledger stand, but for whether their addresses are never to be written to.
///
/// # Errors
/// Where the database fails.
pub async fn standing(
    db: &impl ConnectionTrait,
    issue: NewsletterIssueId,
    ids: Vec<SubscriptionId>,
) -> Result<HashMap<SubscriptionId, Standing>, DbErr> {
    use newsletter_issue::{Column as Issue, Entity as Issues};
    use newsletter_subscription::{Column as Subscription, Entity as Subscriptions};
    let select = Query::select()
        .expr_as(Expr::col((Entity, Column::SubscriptionId)), "id")
        .expr_as(Expr::col((Entity, Column::Status)), "delivery")
        .expr_as(Expr::col((Subscriptions, Subscription::Status)), "subscription")
        .expr_as(Expr::col((Issues, Issue::Status)), "issue")
        .from(Entity)
        .inner_join(Subscriptions, Expr::col((Subscriptions, Subscription::Id)).equals((Entity, Column::SubscriptionId)))
        .inner_join(Issues, Expr::col((Issues, Issue::Id)).equals((Entity, Column::IssueId)))
        .and_where(Expr::col((Entity, Column::IssueId)).eq(issue))
        .and_where(Expr::col((Entity, Column::SubscriptionId)).is_in(ids))
        .take();
    let found = Found::find_by_statement(db.get_database_backend().build(&select)).all(db).await?;
    let standing = |found: Found| {
        let Found { delivery, subscription, issue, .. } = found;
        (found.id, Standing { delivery, subscription, issue, is_suppressed: false })
    };
    Ok(found.into_iter().map(standing).collect())
}

/// When mails to a reader bounced since the last one that was accepted, in order.
///
/// # Errors
/// Where the database fails.
pub async fn bounces(db: &impl ConnectionTrait, reader: SubscriberId) -> Result<Vec<DateTime<Utc>>, DbErr> {
    let select = of_reader(reader, DeliveryStatus::Sent).expr_as(Func::max(Expr::col((Entity, Column::SentAt))), "moment").take();
    let accepted_at = Moment::find_by_statement(db.get_database_backend().build(&select)).one(db).await?.and_then(|found| found.moment);
    let mut bounced = of_reader(reader, DeliveryStatus::Bounced);
    bounced.expr_as(Expr::col((Entity, Column::NextAt)), "moment").order_by((Entity, Column::NextAt), sea_orm::Order::Asc);
    if let Some(accepted_at) = accepted_at {
        bounced.and_where(Expr::col((Entity, Column::NextAt)).gt(accepted_at));
    }
    let found = Moment::find_by_statement(db.get_database_backend().build(&bounced)).all(db).await?;
    Ok(found.into_iter().filter_map(|found| found.moment).collect())
}

fn of_reader(reader: SubscriberId, status: DeliveryStatus) -> SelectStatement {
    use newsletter_subscription::{Column as Subscription, Entity as Subscriptions};
    Query::select()
        .from(Entity)
        .inner_join(Subscriptions, Expr::col((Subscriptions, Subscription::Id)).equals((Entity, Column::SubscriptionId)))
        .and_where(Expr::col((Subscriptions, Subscription::SubscriberId)).eq(reader))
        .and_where(Expr::col((Entity, Column::Status)).eq(status))
        .take()
}

#[derive(FromQueryResult)]
struct Moment {
    moment: Option<DateTime<Utc>>,
}
