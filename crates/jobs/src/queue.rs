//! Jobs, and putting them into the queue.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use entity::id::JobId;
use entity::job::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityTrait, ExprTrait, IntoActiveModel};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::Notify;
use tokio::sync::futures::Notified;
use uuid::Uuid;

use crate::Retry;

/// The channel on which PostgreSQL tells other processes that something was enqueued.
pub const CHANNEL: &str = "job_enqueued";

/// Rows in one statement: SQLite takes 32,766 variables.
const AT_ONCE: usize = 400;

/// Something to be done later: what it takes is kept as JSON.
///
/// It may wait for days, be done twice, and be read by a newer program than wrote it. So it holds ids rather than what they stood
/// for, its handler looks at the world again, and what was once written of it stays readable.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Names it for ever, e.g. `registrations.confirm`.
    const KIND: &'static str;
    /// How it is tried again.
    const RETRY: Retry = Retry::USUAL;
}

/// Where jobs are put. Its clones are one queue, and wake the workers that were made with any of them.
#[derive(Clone)]
pub struct Queue(Arc<Inner>);

struct Inner {
    now: Box<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    new_id: Box<dyn Fn() -> Uuid + Send + Sync>,
    last_id: Mutex<Uuid>,
    woken: Notify,
}

impl Queue {
    /// A queue that takes time and ids (UUIDs version 7) from these functions.
    pub fn new(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static, new_id: impl Fn() -> Uuid + Send + Sync + 'static) -> Self {
        let (now, new_id) = (Box::new(now), Box::new(new_id));
        Self(Arc::new(Inner { now, new_id, last_id: Mutex::default(), woken: Notify::new() }))
    }

    /// To be done as soon as the transaction `tx` is committed and [`Queue::wake`] is called, or else a little later.
    ///
    /// # Errors
    /// Where the database fails, or cannot keep the job.
    pub async fn enqueue<J: Job>(&self, tx: &impl ConnectionTrait, job: &J) -> Result<JobId, DbErr> {
        self.enqueue_at(tx, job, self.now()).await
    }

    /// To be done at `run_at`, or as soon after as there is somebody to do it.
    ///
    /// # Errors
    /// Where the database fails, or cannot keep the job.
    pub async fn enqueue_at<J: Job>(&self, tx: &impl ConnectionTrait, job: &J, run_at: DateTime<Utc>) -> Result<JobId, DbErr> {
        self.insert(tx, J::KIND, payload(job)?, run_at).await
    }

    /// Many of a kind, to be done in this order.
    ///
    /// # Errors
    /// Where the database fails, or cannot keep one of the jobs.
    pub async fn enqueue_all<J: Job>(&self, tx: &impl ConnectionTrait, jobs: &[J]) -> Result<Vec<JobId>, DbErr> {
        let run_at = self.now();
        let rows = jobs.iter().map(|job| Ok(self.row(J::KIND, payload(job)?, run_at, None))).collect::<Result<Vec<_>, DbErr>>()?;
        for some in rows.chunks(AT_ONCE) {
            let some = some.iter().cloned().map(IntoActiveModel::into_active_model);
            Entity::insert_many(some).exec_without_returning(tx).await?;
        }
        if !rows.is_empty() {
            self.tell(tx).await?;
        }
        Ok(rows.iter().map(|row| row.id).collect())
    }

    /// As [`Queue::enqueue`], unless one of the same kind and `key` waits and is not begun yet: that one will do, and its id is
    /// answered. It is not begun before the end of `tx`, so that it sees what `tx` writes.
    ///
    /// # Errors
    /// Where the database fails, or cannot keep the job.
    pub async fn enqueue_once<J: Job>(&self, tx: &impl ConnectionTrait, key: &str, job: &J) -> Result<JobId, DbErr> {
        self.enqueue_once_at(tx, key, job, self.now()).await
    }

    /// As [`Queue::enqueue_once`], to be done at `run_at`; one that waits is done at the sooner of the two moments.
    ///
    /// # Errors
    /// Where the database fails, or cannot keep the job.
    pub async fn enqueue_once_at<J: Job>(
        &self,
        tx: &impl ConnectionTrait,
        key: &str,
        job: &J,
        run_at: DateTime<Utc>,
    ) -> Result<JobId, DbErr> {
        let row = self.row(J::KIND, payload(job)?, run_at, Some(key.to_owned()));
        // Writing the row that is there, rather than nothing, is what holds it until `tx` ends.
        let (mine, there) = (|| Expr::col(("excluded", Column::RunAt)), || Expr::col((Entity, Column::RunAt)));
        let sooner: Expr = Expr::case(mine().lt(there()), mine()).finally(there()).into();
        let or_that_one = OnConflict::columns([Column::Kind, Column::Key]).value(Column::RunAt, sooner).to_owned();
        let kept = Entity::insert(row.into_active_model()).on_conflict(or_that_one).exec_with_returning(tx).await?;
        self.tell(tx).await?;
        Ok(kept.id)
    }

    /// Wakes the workers of this process: to be called when the transaction is committed.
    pub fn wake(&self) {
        self.0.woken.notify_waiters();
    }

    /// The present, to the microsecond, which both databases keep.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        let now = (self.0.now)();
        now.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(now)
    }

    /// Ends when workers are woken, if it was enabled before.
    pub(crate) fn woken(&self) -> Notified<'_> {
        self.0.woken.notified()
    }

    /// Puts in a job of a kind that is known by its name.
    pub(crate) async fn insert(
        &self,
        tx: &impl ConnectionTrait,
        kind: &str,
        payload: Value,
        run_at: DateTime<Utc>,
    ) -> Result<JobId, DbErr> {
        let row = self.row(kind, payload, run_at, None);
        let id = row.id;
        Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
        self.tell(tx).await?;
        Ok(id)
    }

    /// Tells other processes, as soon as the transaction is committed.
    pub(crate) async fn tell(&self, tx: &impl ConnectionTrait) -> Result<(), DbErr> {
        if tx.get_database_backend() == DbBackend::Postgres {
            tx.execute_unprepared(&format!("NOTIFY {CHANNEL}")).await?;
        }
        Ok(())
    }

    fn row(&self, kind: &str, payload: Value, run_at: DateTime<Utc>, key: Option<String>) -> Model {
        Model {
            id: self.new_id(),
            kind: kind.to_owned(),
            payload,
            run_at: run_at.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(run_at),
            attempts: 0,
            locked_until: None,
            failed_at: None,
            last_error: None,
            created_at: self.now(),
            key,
        }
    }

    /// Larger than all before in this process, so that of jobs of one moment the first enqueued is the first done.
    fn new_id(&self) -> JobId {
        let mut last = self.0.last_id.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Ord::max((self.0.new_id)(), Uuid::from_u128(last.as_u128().saturating_add(1)));
        JobId(*last)
    }
}

impl fmt::Debug for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue").finish_non_exhaustive()
    }
}

/// What is kept of a job.
pub(crate) fn payload(job: &impl Job) -> Result<Value, DbErr> {
    serde_json::to_value(job).map_err(|error| DbErr::Json(error.to_string()))
}
