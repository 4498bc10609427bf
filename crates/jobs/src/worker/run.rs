//! One job, from its lease to what became of it.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::DbErr;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use super::Worker;
use crate::Failed;
use crate::attempt::{Settled, attempt, settle};
use crate::lease::{Lease, Leased};

/// How often a lease is renewed before it would end.
const RENEWALS: u32 = 4;

/// How long to wait before asking again what the database did not answer, unless leases are shorter.
const PAUSE: Duration = Duration::from_secs(1);

/// Does a job, keeping its lease meanwhile. It is stopped where the lease is lost, and when `hurry` turns true.
pub(super) async fn run<C: Clone + Send + Sync + 'static>(worker: Arc<Worker<C>>, leased: Leased, mut hurry: watch::Receiver<bool>) {
    let Leased { job, mut lease } = leased;
    let outcome = tokio::select! {
        outcome = attempt(&worker.works, worker.context.clone(), &job) => Some(outcome),
        _ = hurry.wait_for(|hurry| *hurry) => None,
        () = keep(&worker, &mut lease) => {
            tracing::warn!(kind = job.kind, id = %job.id.0, "the lease of a job was lost, and so it was stopped");
            return;
        }
    };
    let leased = Leased { job, lease };
    let (kind, id, attempt) = (&leased.job.kind, leased.job.id.0, leased.job.attempts);
    match write_down(&worker, &leased, outcome.as_ref()).await {
        Ok(Settled::Done) => tracing::debug!(kind, %id, attempt, "a job is done"),
        Ok(Settled::Again) if outcome.is_none() => tracing::info!(kind, %id, attempt, "a job was stopped, to be done again"),
        Ok(Settled::Again) => tracing::warn!(kind, %id, attempt, "a job failed, and will be tried again"),
        Ok(Settled::Dead) => tracing::error!(kind, %id, attempt, "a job failed, and was given up"),
        Ok(Settled::Lost) => tracing::warn!(kind, %id, attempt, "a job ended after its lease was lost"),
        Err(error) => tracing::error!(kind, %id, attempt, %error, "how a job ended could not be written: it will be done again"),
    }
}

/// Renews a lease, and ends where it is lost: where another has the job, or may have it.
async fn keep<C: Clone + Send + Sync + 'static>(worker: &Worker<C>, lease: &mut Lease) {
    let length = worker.settings.lease;
    let (mut sure_until, mut pause) = (Instant::now() + length, length / RENEWALS);
    loop {
        sleep(pause).await;
        let asked_at = Instant::now();
        match lease.renew(&worker.db, worker.queue.now() + length).await {
            Ok(true) => (sure_until, pause) = (asked_at + length, length / RENEWALS),
            Err(_) if Instant::now() < sure_until => pause = PAUSE.min(length / RENEWALS),
            Ok(false) | Err(_) => return,
        }
    }
}

/// Writes down how a job ended (none where it was stopped), for as long as another lease would last if need be.
async fn write_down<C: Clone + Send + Sync + 'static>(
    worker: &Worker<C>,
    leased: &Leased,
    outcome: Option<&Result<(), Failed>>,
) -> Result<Settled, DbErr> {
    let until = Instant::now() + worker.settings.lease;
    loop {
        let written = match outcome {
            Some(outcome) => settle(&worker.db, &worker.queue, &worker.works, leased, outcome).await,
            // It is not to blame for the end of the program.
            None => leased.lease.release(&worker.db).await.map(|was_ours| if was_ours { Settled::Again } else { Settled::Lost }),
        };
        // Not where the program ends: it does not wait for a database, and the lease will end by itself.
        if written.is_ok() || outcome.is_none() || Instant::now() > until {
            return written;
        }
        sleep(PAUSE).await;
    }
}
