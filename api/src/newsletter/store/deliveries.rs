//! SQL of the ledger of deliveries.

use chrono::{DateTime, Utc};
use entity::delivery::{Column, Entity, Model};
use entity::id::{NewsletterId, NewsletterIssueId, SubscriberId, SubscriptionId};
use entity::words::{DeliveryStatus, NewsletterIssueStatus, SubscriptionStatus};
use entity::{newsletter_issue, newsletter_subscription, subscriber};
use sea_orm::sea_query::{Expr, ExprTrait, Func, LockBehavior, LockType, Query, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseBackend, DbErr, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};

const OPEN: [DeliveryStatus; 2] = [DeliveryStatus::Queued, DeliveryStatus::Deferred];

/// Deliveries in each status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// All of them.
    pub recipients: u64,
    /// Not tried yet.
    pub queued: u64,
    /// Accepted by the server.
    pub sent: u64,
    /// To be tried again.
    pub deferred: u64,
    /// Refused by the reader's server.
    pub bounced: u64,
    /// Given up.
    pub failed: u64,
    /// Not written to, as the address bounced or complained before.
    pub suppressed: u64,
    /// Not written to, as the reader left.
    pub unsubscribed: u64,
}

impl Report {
    /// Deliveries that are still to come.
    #[must_use]
    pub fn open(&self) -> u64 {
        self.queued + self.deferred
    }

    /// Mails a second since sending began; none before the first.
    #[must_use]
    pub fn pace(&self, started_at: Option<DateTime<Utc>>, finished_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<f64> {
        let seconds = (finished_at.unwrap_or(now) - started_at?).as_seconds_f64();
        #[expect(clippy::cast_precision_loss, reason = "nobody has so many readers")]
        let sent = self.sent as f64;
        (sent > 0.0 && seconds > 0.0).then(|| sent / seconds)
    }

    /// When it will be done at this pace; none where nothing is left.
    #[must_use]
    pub fn ends_at(&self, pace: Option<f64>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        #[expect(clippy::cast_precision_loss, reason = "nobody has so many readers")]
        let seconds = self.queued as f64 / pace.filter(|pace| *pace > 0.0)?;
        if self.queued == 0 || !seconds.is_finite() || seconds > 1e9 {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "bounded above")]
        now.checked_add_signed(chrono::TimeDelta::seconds(seconds as i64))
    }
}

/// A line of the ledger that a lane has taken, with its reader.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Taken {
    /// Which line.
    pub subscription_id: SubscriptionId,
    /// Attempts before.
    pub attempts: i32,
    /// Whether the reader still gets the newsletter.
    pub status: SubscriptionStatus,
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
    /// When it is tried again, where it is.
    pub next_at: Option<DateTime<Utc>>,
    /// What went wrong: codes alone.
    pub error: Option<String>,
}

/// Starts an issue that waits to be sent: says so, and makes its ledger, a line for each reader who confirmed, in one statement.
/// Whether it had not been started before.
///
/// # Errors
/// Where the database fails.
pub async fn start(
    tx: &impl ConnectionTrait,
    issue: NewsletterIssueId,
    newsletter: NewsletterId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    use newsletter_issue::{Column as Issue, Entity as Issues};
    let started = Issues::update_many()
        .col_expr(Issue::Status, NewsletterIssueStatus::Sending.into())
        .col_expr(Issue::StartedAt, now.into())
        .col_expr(Issue::UpdatedAt, now.into())
        .col_expr(Issue::Revision, Expr::col(Issue::Revision).add(1))
        .filter(Issue::Id.eq(issue))
        .filter(Issue::Status.is_in([NewsletterIssueStatus::Draft, NewsletterIssueStatus::Scheduled]))
        .exec(tx)
        .await?;
    if started.rows_affected == 0 {
        return Ok(false);
    }
    let readers = Query::select()
        .expr(Expr::val(issue))
        .column(newsletter_subscription::Column::Id)
        .expr(Expr::val(DeliveryStatus::Queued))
        .expr(Expr::val(0))
        .expr(Expr::val(now))
        .from(newsletter_subscription::Entity)
        .and_where(newsletter_subscription::Column::NewsletterId.eq(newsletter))
        .and_where(newsletter_subscription::Column::Status.eq(SubscriptionStatus::Confirmed))
        .take();
    let columns = [Column::IssueId, Column::SubscriptionId, Column::Status, Column::Attempts, Column::NextAt];
    let insert = Query::insert()
        .into_table(Entity)
        .columns(columns)
        .select_from(readers)
        .map_err(|error| DbErr::Custom(error.to_string()))?
        .to_owned();
    tx.execute(&insert).await?;
    Ok(true)
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
        .and_where(Column::Status.is_in(OPEN))
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
        .column((Subscriptions, Subscription::Status))
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
    let mut update = Entity::update_many()
        .col_expr(Column::Status, outcome.status.into())
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .col_expr(Column::LockedUntil, SimpleExpr::from(None::<DateTime<Utc>>))
        .col_expr(Column::SentAt, is_sent.then_some(now).into())
        .col_expr(Column::LastError, outcome.error.into())
        .filter(Column::IssueId.eq(issue))
        .filter(Column::SubscriptionId.eq(subscription));
    if let Some(next_at) = outcome.next_at {
        update = update.col_expr(Column::NextAt, next_at.into());
    }
    // What was accepted is sent, also where the reader left at that moment; all else stays taken back.
    if !is_sent {
        update = update.filter(Column::Status.is_in(OPEN));
    }
    update.exec(db).await?;
    Ok(())
}

/// When the next line of a ledger is due, or free again; none where all are done.
///
/// # Errors
/// Where the database fails.
pub async fn next_due(db: &impl ConnectionTrait, issue: NewsletterIssueId) -> Result<Option<DateTime<Utc>>, DbErr> {
    let locked = || Expr::col(Column::LockedUntil);
    let free_at = Expr::case(locked().gt(Expr::col(Column::NextAt)), locked()).finally(Expr::col(Column::NextAt));
    let select = Query::select()
        .expr_as(Func::min(free_at), "moment")
        .from(Entity)
        .and_where(Column::IssueId.eq(issue))
        .and_where(Column::Status.is_in(OPEN))
        .take();
    let found = Due::find_by_statement(db.get_database_backend().build(&select)).one(db).await?;
    Ok(found.and_then(|due| due.moment))
}

#[derive(FromQueryResult)]
struct Due {
    moment: Option<DateTime<Utc>>,
}

/// Says that an issue is sent, where nothing of its ledger is open.
///
/// # Errors
/// Where the database fails.
pub async fn finish(db: &impl ConnectionTrait, issue: NewsletterIssueId, now: DateTime<Utc>) -> Result<(), DbErr> {
    use newsletter_issue::{Column as Issue, Entity as Issues};
    let open =
        Query::select().expr(Expr::val(1)).from(Entity).and_where(Column::IssueId.eq(issue)).and_where(Column::Status.is_in(OPEN)).take();
    Issues::update_many()
        .col_expr(Issue::Status, NewsletterIssueStatus::Sent.into())
        .col_expr(Issue::FinishedAt, now.into())
        .col_expr(Issue::UpdatedAt, now.into())
        .filter(Issue::Id.eq(issue))
        .filter(Issue::Status.eq(NewsletterIssueStatus::Sending))
        .filter(Expr::exists(open).not())
        .exec(db)
        .await?;
    Ok(())
}

/// Stops an issue, and says why.
///
/// # Errors
/// Where the database fails.
pub async fn pause(db: &impl ConnectionTrait, issue: NewsletterIssueId, problem: &str, now: DateTime<Utc>) -> Result<(), DbErr> {
    use newsletter_issue::{Column as Issue, Entity as Issues};
    Issues::update_many()
        .col_expr(Issue::Status, NewsletterIssueStatus::Paused.into())
        .col_expr(Issue::Problem, problem.into())
        .col_expr(Issue::UpdatedAt, now.into())
        .filter(Issue::Id.eq(issue))
        .filter(Issue::Status.eq(NewsletterIssueStatus::Sending))
        .exec(db)
        .await?;
    Ok(())
}

/// How the deliveries of an issue stand, counted from the ledger.
///
/// # Errors
/// Where the database fails.
pub async fn report(db: &impl ConnectionTrait, issue: NewsletterIssueId) -> Result<Report, DbErr> {
    let select = Entity::find().select_only().column(Column::Status).column_as(Column::SubscriptionId.count(), "count");
    let rows: Vec<(DeliveryStatus, i64)> = select.filter(Column::IssueId.eq(issue)).group_by(Column::Status).into_tuple().all(db).await?;
    let mut report = Report::default();
    for (status, count) in rows {
        let count = u64::try_from(count).unwrap_or(0);
        report.recipients += count;
        *match status {
            DeliveryStatus::Queued => &mut report.queued,
            DeliveryStatus::Sent => &mut report.sent,
            DeliveryStatus::Deferred => &mut report.deferred,
            DeliveryStatus::Bounced => &mut report.bounced,
            DeliveryStatus::Failed => &mut report.failed,
            DeliveryStatus::Suppressed => &mut report.suppressed,
            DeliveryStatus::Unsubscribed => &mut report.unsubscribed,
        } = count;
    }
    Ok(report)
}
