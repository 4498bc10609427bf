//! Doing all that is due, one after the other: for tests, which move the clock by hand.

use std::time::Duration;

use entity::id::JobId;
use sea_orm::{DatabaseConnection, DbErr};

use crate::attempt::{Settled, attempt, settle};
use crate::timetable::Timetable;
use crate::{Queue, Works, lease};

/// More than any test enqueues; jobs that enqueue each other for ever end here.
const MOST: usize = 10_000;

/// Longer than any test's job.
const LEASE: Duration = Duration::from_secs(60 * 60);

/// What was done, and what failed, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drained {
    /// Jobs that are done and gone.
    pub done: Vec<Ran>,
    /// Attempts that failed.
    pub failed: Vec<Failure>,
}

/// A job that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// Its id.
    pub id: JobId,
    /// Its kind.
    pub kind: String,
}

/// An attempt that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The job's id.
    pub id: JobId,
    /// The job's kind.
    pub kind: String,
    /// Which attempt it was, from 1.
    pub attempt: i32,
    /// Why.
    pub error: String,
    /// Whether it was given up, and is a dead letter now.
    pub is_dead: bool,
}

impl Drained {
    /// The kinds of what was done, in order.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.done.iter().map(|ran| ran.kind.as_str())
    }
}

/// Does all that is due by the queue's clock, and what that enqueues, one after the other in the order of `run_at` and id,
/// until nothing is left that is due. What failed and waits longer is left.
///
/// # Errors
/// Where the database fails, or it does not come to an end.
pub async fn drain<C: Clone + Send + 'static>(
    db: &DatabaseConnection,
    queue: &Queue,
    works: &Works<C>,
    context: &C,
) -> Result<Drained, DbErr> {
    let kinds = works.kinds();
    let mut timetable = Timetable::default();
    let mut drained = Drained::default();
    for _ in 0..MOST {
        timetable.enqueue_due(db, queue, works).await?;
        let Some(leased) = lease::take(db, &kinds, 1, queue.now(), LEASE).await?.pop() else {
            return Ok(drained);
        };
        let outcome = attempt(works, context.clone(), &leased.job).await;
        let settled = settle(db, queue, works, &leased, &outcome).await?;
        let (id, kind) = (leased.job.id, leased.job.kind);
        match outcome {
            Ok(()) => drained.done.push(Ran { id, kind }),
            Err(failed) => {
                let (attempt, error) = (leased.job.attempts, failed.text().to_owned());
                drained.failed.push(Failure { id, kind, attempt, error, is_dead: settled == Settled::Dead });
            }
        }
    }
    Err(DbErr::Custom(format!("after {MOST} jobs there are still more")))
}
