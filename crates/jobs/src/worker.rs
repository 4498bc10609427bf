//! Doing jobs as they become due, many at once, until one is told to stop.

mod listen;
mod outage;
mod run;

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::{DatabaseConnection, DbErr};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use self::outage::Outage;
use crate::lease::{self, Leased};
use crate::timetable::Timetable;
use crate::{Queue, Works};

/// Does the jobs of a queue, in any number of workers and processes.
pub struct Worker<C> {
    db: DatabaseConnection,
    queue: Queue,
    works: Works<C>,
    kinds: Vec<&'static str>,
    context: C,
    settings: Settings,
}

/// How a worker works.
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    /// How many jobs it does at once. Each needs a connection now and then besides those that its handler uses.
    pub slots: usize,
    /// For how long a job is taken, and taken again while it runs: after so long others do the jobs of a process that died. The
    /// clocks of the processes must not differ by as much.
    pub lease: Duration,
    /// How long it waits at most before it looks again, where nobody wakes it.
    pub poll: Duration,
    /// How long, once it is to stop, it lets go on what has begun.
    pub patience: Duration,
    /// Where PostgreSQL tells of what other processes enqueue; without, the next look finds it. A connection of its own.
    pub listen_url: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        let [lease, poll, patience] = [60, 5, 20].map(Duration::from_secs);
        Self { slots: 4, lease, poll, patience, listen_url: None }
    }
}

/// How long it takes at most to put back what was stopped.
const LAST_WORDS: Duration = Duration::from_secs(5);

impl<C: Clone + Send + Sync + 'static> Worker<C> {
    /// A worker that does the jobs of `queue` in `db` as `works` says, giving its handlers `context`.
    #[must_use]
    pub fn new(db: DatabaseConnection, queue: Queue, works: Works<C>, context: C, settings: Settings) -> Self {
        let kinds = works.kinds();
        Self { db, queue, works, kinds, context, settings }
    }

    /// Works until `stop` comes. Then it begins nothing more, waits as long as its patience lasts for what has begun, and puts
    /// back the rest. No outage of the database ends it.
    pub async fn run(self, stop: impl Future<Output = ()> + Send) {
        let listen = self.settings.listen_url.clone().map(|url| listen::for_ever(url, self.queue.clone()));
        let mut listener = JoinSet::new();
        listen.map(|listen| listener.spawn(listen));
        let worker = Arc::new(self);
        let (hurry, hurried) = watch::channel(false);
        let mut running = JoinSet::new();
        worker.begin_jobs(&mut running, &hurried, stop).await;
        drop(listener);
        if timeout(worker.settings.patience, all(&mut running)).await.is_err() {
            tracing::info!(count = running.len(), "jobs are stopped, to be done again later");
            hurry.send_replace(true);
            // Who is not heard by then is stopped hard, and its lease ends by itself.
            let _ = timeout(LAST_WORDS, all(&mut running)).await;
        }
    }

    async fn begin_jobs(self: &Arc<Self>, running: &mut JoinSet<()>, hurried: &watch::Receiver<bool>, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        let mut timetable = Timetable::default();
        let mut outage = Outage::none_of("the database of jobs");
        loop {
            while running.try_join_next().is_some() {}
            // Heard from now on, so that nothing is missed that is enqueued while one looks.
            let mut woken = pin!(self.queue.woken());
            woken.as_mut().enable();
            let free = self.settings.slots.max(1).saturating_sub(running.len());
            let looked = if free == 0 { Ok((Vec::new(), Duration::MAX)) } else { self.look(free, &mut timetable).await };
            let (leased, pause) = match looked {
                Ok(found) => found,
                Err(error) => {
                    // Nothing else ends this pause, so that no outage makes it ask in a hurry.
                    tokio::select! {
                        () = &mut stop => return,
                        () = sleep(outage.goes_on(&error)) => continue,
                    }
                }
            };
            let is_to_stop = tokio::select! { biased; () = &mut stop => true, () = std::future::ready(()) => false };
            if is_to_stop {
                return self.release(leased).await;
            }
            if free > 0 {
                outage.is_over();
            }
            for leased in leased {
                running.spawn(run::run(Arc::clone(self), leased, hurried.clone()));
            }
            let is_full = running.len() >= self.settings.slots.max(1);
            tokio::select! {
                () = &mut stop => return,
                Some(_) = running.join_next() => {}
                () = woken, if !is_full => {}
                () = sleep(pause), if !is_full => {}
            }
        }
    }

    /// Enqueues what is scheduled for now, and takes what is due; tells after which time to look again.
    async fn look(&self, free: usize, timetable: &mut Timetable) -> Result<(Vec<Leased>, Duration), DbErr> {
        timetable.enqueue_due(&self.db, &self.queue, &self.works).await?;
        let now = self.queue.now();
        // Asked before, as to take is to write, even where there is nothing to take.
        let mut next = lease::next_due(&self.db, &self.kinds, now).await?;
        let mut leased = Vec::new();
        if next.is_some_and(|next| next <= now) {
            leased = lease::take(&self.db, &self.kinds, free, now, self.settings.lease).await?;
            next = if leased.len() < free { lease::next_due(&self.db, &self.kinds, now).await? } else { None };
        }
        // What is due and could yet not be taken is held by a transaction, which wakes us at its end.
        let ahead = [next, timetable.next_at()].into_iter().flatten().filter(|at| *at > now).min();
        let pause = ahead.and_then(|at| (at - now + TimeDelta::milliseconds(1)).to_std().ok());
        Ok((leased, pause.unwrap_or(Duration::MAX).min(self.settings.poll)))
    }

    async fn release(&self, leased: Vec<Leased>) {
        for leased in leased {
            if let Err(error) = leased.lease.release(&self.db).await {
                tracing::warn!(id = %leased.job.id.0, %error, "a job that was not begun waits for the end of its lease");
            }
        }
    }
}

async fn all(running: &mut JoinSet<()>) {
    while running.join_next().await.is_some() {}
}
