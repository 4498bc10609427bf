//! Taking jobs for a while, keeping them, and what becomes of them: every statement that workers make on jobs.
//!
//! Each of them but the first asks whether the lease is still ours, so that who was too slow changes nothing that another has
//! taken meanwhile.

use std::time::Duration;

use chrono::{DateTime, Utc};
use entity::id::JobId;
use entity::job::{Column, Entity, Model};
use sea_orm::sea_query::{CommonTableExpression, Expr, LockBehavior, LockType, Query, SelectStatement, WithClause};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

/// A job that is ours for a while.
#[derive(Debug)]
pub(crate) struct Leased {
    /// The row as it was when it was taken.
    pub job: Model,
    /// How long it is ours.
    pub lease: Lease,
}

/// What makes a job ours.
#[derive(Debug)]
pub(crate) struct Lease {
    id: JobId,
    attempts: i32,
    /// Ends of the lease, one of which the row has: more than one where it is not known whether the last ones were written.
    ends: Vec<DateTime<Utc>>,
}

/// When the first job is due that nobody has.
pub(crate) async fn next_due(db: &impl ConnectionTrait, kinds: &[&str], now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, DbErr> {
    if kinds.is_empty() {
        return Ok(None);
    }
    let first = Entity::find().select_only().column(Column::RunAt).filter(is_free(kinds, now));
    first.order_by_asc(Column::RunAt).order_by_asc(Column::Id).limit(1).into_tuple().one(db).await
}

/// Takes up to `count` jobs that are due and that nobody has, in their order.
pub(crate) async fn take(
    db: &impl ConnectionTrait,
    kinds: &[&str],
    count: usize,
    now: DateTime<Utc>,
    lease: Duration,
) -> Result<Vec<Leased>, DbErr> {
    if kinds.is_empty() || count == 0 {
        return Ok(Vec::new());
    }
    let end = now + lease;
    let due = due(db.get_database_backend(), kinds, count, now);
    let mut update = Entity::update_many()
        .col_expr(Column::Attempts, Column::Attempts.into_expr().add(1))
        .col_expr(Column::LockedUntil, Expr::val(end))
        // From here on another may be enqueued: this one may already have looked at what that one is about.
        .col_expr(Column::Key, Expr::val(Option::<String>::None))
        .filter(Column::Id.in_subquery(Query::select().column(Column::Id).from("due").take()));
    // Apart and materialized, as PostgreSQL may otherwise ask for the due ones more than once, and take more than their limit.
    let due = CommonTableExpression::new().table_name("due").query(due).materialized(true).to_owned();
    QueryTrait::query(&mut update).with_cte(WithClause::new().cte(due).to_owned());
    let mut jobs = update.exec_with_returning(db).await?;
    jobs.sort_by_key(|job| (job.run_at, job.id));
    Ok(jobs.into_iter().map(|job| Leased { lease: Lease { id: job.id, attempts: job.attempts, ends: vec![end] }, job }).collect())
}

fn due(database: DbBackend, kinds: &[&str], count: usize, now: DateTime<Utc>) -> SelectStatement {
    let mut due = Query::select()
        .column(Column::Id)
        .from(Entity)
        .cond_where(is_free(kinds, now))
        .and_where(Column::RunAt.lte(now))
        .order_by(Column::RunAt, sea_orm::Order::Asc)
        .order_by(Column::Id, sea_orm::Order::Asc)
        .limit(u64::try_from(count).unwrap_or(u64::MAX))
        .take();
    // On SQLite, where it would be dropped without a word, there is one writer at a time.
    if database == DbBackend::Postgres {
        due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    due
}

fn is_free(kinds: &[&str], now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(Column::FailedAt.is_null())
        .add(Column::LockedUntil.is_null().or(Column::LockedUntil.lte(now)))
        .add(Column::Kind.is_in(kinds.iter().copied()))
}

impl Lease {
    /// Keeps it until `end`; tells whether it was still ours.
    pub async fn renew(&mut self, db: &impl ConnectionTrait, end: DateTime<Utc>) -> Result<bool, DbErr> {
        let is_ours = self.is_ours();
        self.ends.push(end);
        let renewed = Entity::update_many().col_expr(Column::LockedUntil, Expr::val(end)).filter(is_ours).exec(db).await?;
        self.ends = vec![end];
        Ok(renewed.rows_affected == 1)
    }

    /// It is done, and leaves nothing behind; tells whether it was still ours.
    pub async fn remove(&self, db: &impl ConnectionTrait) -> Result<bool, DbErr> {
        Ok(Entity::delete_many().filter(self.is_ours()).exec(db).await?.rows_affected == 1)
    }

    /// It is to be tried again at `run_at`; tells whether it was still ours.
    pub async fn put_back(&self, db: &impl ConnectionTrait, run_at: DateTime<Utc>, error: &str) -> Result<bool, DbErr> {
        let values = [(Column::RunAt, Expr::val(run_at)), (Column::LastError, Expr::val(error))];
        self.give_up_lease(db, values).await
    }

    /// It goes to the dead letters; tells whether it was still ours.
    pub async fn bury(&self, db: &impl ConnectionTrait, at: DateTime<Utc>, error: &str) -> Result<bool, DbErr> {
        let values = [(Column::FailedAt, Expr::val(at)), (Column::LastError, Expr::val(error))];
        self.give_up_lease(db, values).await
    }

    /// As if it had not been taken; tells whether it was still ours.
    pub async fn release(&self, db: &impl ConnectionTrait) -> Result<bool, DbErr> {
        self.give_up_lease(db, [(Column::Attempts, Column::Attempts.into_expr().sub(1))]).await
    }

    async fn give_up_lease(&self, db: &impl ConnectionTrait, values: impl IntoIterator<Item = (Column, Expr)>) -> Result<bool, DbErr> {
        let unlocked = Entity::update_many().col_expr(Column::LockedUntil, Expr::val(Option::<DateTime<Utc>>::None));
        let update = values.into_iter().fold(unlocked, |update, (column, value)| update.col_expr(column, value));
        Ok(update.filter(self.is_ours()).exec(db).await?.rows_affected == 1)
    }

    /// The number of the attempt alone would not do: it begins anew when a dead letter is put back.
    fn is_ours(&self) -> Condition {
        Condition::all()
            .add(Column::Id.eq(self.id))
            .add(Column::Attempts.eq(self.attempts))
            .add(Column::LockedUntil.is_in(self.ends.iter().copied()))
    }
}
