//! One attempt at a job, and what follows from how it ended.

use entity::job;
use sea_orm::{ConnectionTrait, DbErr};
use tokio::task::JoinSet;
use tracing::Instrument;

use crate::lease::Leased;
use crate::{Failed, Queue, Works};

/// What became of a job after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Settled {
    /// It is done and gone.
    Done,
    /// It failed and waits.
    Again,
    /// It failed and was given up.
    Dead,
    /// It is another's by now, and was left alone.
    Lost,
}

/// Tries to do a job. Where this is dropped, the handler stops.
pub(crate) async fn attempt<C: Send + 'static>(works: &Works<C>, context: C, job: &job::Model) -> Result<(), Failed> {
    let Some(work) = works.work(&job.kind) else {
        return Err(Failed::again("nobody does jobs of this kind here"));
    };
    if work.retry.is_over_after(job.attempts - 1) {
        return Err(Failed::never("it was begun as often as it may be, and the last time nobody could say how it ended"));
    }
    let run = work.run(context, job.payload.clone());
    let span = tracing::info_span!("job", kind = job.kind, id = %job.id.0, attempt = job.attempts);
    // On a task of its own, so that neither a panic nor a long computation takes the worker with it.
    let mut task = JoinSet::new();
    task.spawn(run.instrument(span));
    match task.join_next().await {
        Some(Ok(outcome)) => outcome,
        Some(Err(error)) if error.is_panic() => Err(Failed::again("its handler panicked; what it said is in the log")),
        _ => Err(Failed::again("its handler was stopped")),
    }
}

/// Writes down how an attempt ended.
pub(crate) async fn settle<C: Send + 'static>(
    db: &impl ConnectionTrait,
    queue: &Queue,
    works: &Works<C>,
    leased: &Leased,
    outcome: &Result<(), Failed>,
) -> Result<Settled, DbErr> {
    let now = queue.now();
    let (was_ours, settled) = match outcome {
        Ok(()) => (leased.lease.remove(db).await?, Settled::Done),
        Err(failed) => match works.work(&leased.job.kind).map(|work| work.retry) {
            Some(retry) if !failed.is_final() && !retry.is_over_after(leased.job.attempts) => {
                let run_at = now + retry.wait(leased.job.id, leased.job.attempts);
                (leased.lease.put_back(db, run_at, failed.text()).await?, Settled::Again)
            }
            _ => (leased.lease.bury(db, now, failed.text()).await?, Settled::Dead),
        },
    };
    Ok(if was_ours { settled } else { Settled::Lost })
}
