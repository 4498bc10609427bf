//! SQL of the ledger of deliveries.

use chrono::{DateTime, Utc};
use entity::delivery::{Column, Entity};
use entity::id::{NewsletterId, NewsletterIssueId};
use entity::words::{DeliveryStatus, NewsletterIssueStatus, SubscriptionStatus};
use entity::{newsletter_issue, newsletter_subscription};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QuerySelect};

/// How a line stands that is still to be delivered.
pub(super) const OPEN: [DeliveryStatus; 2] = [DeliveryStatus::Queued, DeliveryStatus::Deferred];

/// That a line is still to be delivered, written out: with values of their own for the words, neither database would know that the index
/// of such lines has them all, and would put the whole ledger in order for each batch.
pub(super) fn is_open() -> SimpleExpr {
    Expr::cust(r#""status" IN ('QUEUED', 'DEFERRED')"#)
}

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
        .col_expr(Issue::ScheduledFor, SimpleExpr::from(None::<DateTime<Utc>>))
        .col_expr(Issue::Problem, SimpleExpr::from(None::<String>))
        .filter(Issue::StartedAt.is_null())
        .filter(Issue::Status.is_in([NewsletterIssueStatus::Draft, NewsletterIssueStatus::Scheduled, NewsletterIssueStatus::Paused]))
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

/// When the next line of a ledger is due, or free again; none where all are done.
///
/// # Errors
/// Where the database fails.
pub async fn next_due(db: &impl ConnectionTrait, issue: NewsletterIssueId) -> Result<Option<DateTime<Utc>>, DbErr> {
    let locked = || Expr::col(Column::LockedUntil);
    let free_at = Expr::case(locked().gt(Expr::col(Column::NextAt)), locked()).finally(Expr::col(Column::NextAt));
    let select =
        Query::select().expr_as(Func::min(free_at), "moment").from(Entity).and_where(Column::IssueId.eq(issue)).and_where(is_open()).take();
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

/// Issues that are being sent, though nobody works on them: none of their lines is taken, and some are due, or all are done.
///
/// # Errors
/// Where the database fails.
pub async fn left_alone(db: &impl ConnectionTrait, since: DateTime<Utc>, now: DateTime<Utc>) -> Result<Vec<NewsletterIssueId>, DbErr> {
    use newsletter_issue::{Column as Issue, Entity as Issues};
    let open = || {
        let its = Expr::col((Entity, Column::IssueId)).eq(Expr::col((Issues, Issue::Id)));
        Query::select().expr(Expr::val(1)).from(Entity).and_where(its).and_where(Column::Status.is_in(OPEN)).take()
    };
    let exists = |mut lines: SelectStatement, condition| Expr::exists(lines.and_where(condition).take());
    let is_worked_on = exists(open(), Column::LockedUntil.gt(now));
    let is_due = exists(open(), Column::NextAt.lte(since));
    let select = Issues::find().select_only().column(Issue::Id).filter(Issue::Status.eq(NewsletterIssueStatus::Sending));
    let select = select.filter(Issue::StartedAt.lte(since)).filter(is_worked_on.not());
    select.filter(Condition::any().add(is_due).add(Expr::exists(open()).not())).into_tuple().all(db).await
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

/// Mails of newsletters that were accepted since a moment of the last days.
///
/// # Errors
/// Where the database fails.
pub async fn sent_since(db: &impl ConnectionTrait, since: DateTime<Utc>) -> Result<u64, DbErr> {
    use newsletter_issue::{Column as Issue, Entity as Issues};
    let lately = Condition::any().add(Issue::FinishedAt.is_null()).add(Issue::FinishedAt.gte(since));
    let lately = Query::select().column(Issue::Id).from(Issues).and_where(Issue::StartedAt.is_not_null()).cond_where(lately).take();
    let sent = Entity::find().filter(Column::IssueId.in_subquery(lately)).filter(Column::Status.eq(DeliveryStatus::Sent));
    sent.filter(Column::SentAt.gte(since)).count(db).await
}

/// Gives up what is still to be delivered of an issue.
///
/// # Errors
/// Where the database fails.
pub async fn give_up(tx: &impl ConnectionTrait, issue: NewsletterIssueId, reason: &str) -> Result<(), DbErr> {
    let open = Entity::update_many()
        .col_expr(Column::Status, DeliveryStatus::Failed.into())
        .col_expr(Column::LastError, reason.into())
        .filter(Column::IssueId.eq(issue))
        .filter(Column::Status.is_in(OPEN));
    open.exec(tx).await?;
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
