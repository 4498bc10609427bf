//! Workers in one and in several processes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use entity::job;
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;
use tokio::sync::{Notify, oneshot};

use super::world::{Note, Notes, in_each, noting, until};
use crate::{Failed, Settings, Worker, Works};

/// Who says that it has begun, and does not end before it is told to.
pub fn waiting(begun: &Arc<Notify>, end: &Arc<Notify>) -> Works<Notes> {
    let (begun, end) = (Arc::clone(begun), Arc::clone(end));
    Works::new().handle(move |notes: Notes, note: Note| {
        let (begun, end) = (Arc::clone(&begun), Arc::clone(&end));
        async move {
            begun.notify_one();
            end.notified().await;
            notes.add(note.0);
            Ok::<_, Failed>(())
        }
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_do_each_of_many_jobs_once() {
    in_each("two_workers", async |world| {
        world.clock.start();
        let notes = Notes::default();
        let mut workers = Vec::new();
        for _ in 0..2 {
            let (db, queue) = world.process().await;
            let (stop, stopped) = oneshot::channel::<()>();
            let settings = Settings { slots: 8, poll: Duration::from_millis(100), ..world.settings() };
            let worker = Worker::new(db, queue, noting(), notes.clone(), settings);
            workers.push((stop, tokio::spawn(worker.run(async move { drop(stopped.await) }))));
        }
        let many: Vec<Note> = (0..200).map(Note).collect();
        for some in many.chunks(20) {
            world.queue.enqueue_all(&world.db, some).await.unwrap();
        }
        until(async || world.queue.counts(&world.db).await.unwrap() == crate::Counts::default()).await;
        for (stop, worker) in workers {
            stop.send(()).unwrap();
            worker.await.unwrap();
        }
        let mut all = notes.all();
        all.sort_unstable();
        assert_eq!(all, (0..200).collect::<Vec<u32>>());
    })
    .await;
}

#[tokio::test]
async fn what_a_killed_worker_had_begun_another_does_when_the_lease_has_ended() {
    in_each("killed", async |world| {
        let (begun, end, notes) = (Arc::default(), Arc::default(), Notes::default());
        world.queue.enqueue(&world.db, &Note(1)).await.unwrap();
        let (db, queue) = world.process().await;
        let worker = Worker::new(db.clone(), queue, waiting(&begun, &end), notes.clone(), world.settings());
        let worker = tokio::spawn(worker.run(std::future::pending()));
        begun.notified().await;
        worker.abort();
        assert!(worker.await.unwrap_err().is_cancelled());
        assert_eq!(world.drain(&noting(), &notes).await.done.len(), 0, "its lease goes on");
        world.clock.move_by(world.settings().lease);
        assert_eq!(world.drain(&noting(), &notes).await.done.len(), 1);
        assert_eq!(notes.all(), [1]);
    })
    .await;
}

#[tokio::test]
async fn a_long_job_is_not_taken_twice_for_its_lease_is_renewed() {
    in_each("long_job", async |world| {
        world.clock.start();
        let (begun, end, notes) = (Arc::default(), Arc::default(), Notes::default());
        world.queue.enqueue(&world.db, &Note(1)).await.unwrap();
        let (db, queue) = world.process().await;
        // A renewal every half second may come one and a half too late.
        let settings = Settings { lease: Duration::from_secs(2), ..world.settings() };
        let worker = Worker::new(db, queue, waiting(&begun, &end), notes.clone(), settings);
        let (stop, stopped) = oneshot::channel::<()>();
        let worker = tokio::spawn(worker.run(async move { drop(stopped.await) }));
        begun.notified().await;
        let started = Instant::now();
        while started.elapsed() < Duration::from_millis(2_500) {
            assert_eq!(world.drain(&noting(), &notes).await.done.len(), 0);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        end.notify_one();
        stop.send(()).unwrap();
        worker.await.unwrap();
        assert_eq!(notes.all(), [1]);
        assert_eq!(world.queue.counts(&world.db).await.unwrap(), crate::Counts::default());
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_stops_takes_nothing_new_and_waits_for_what_has_begun() {
    in_each("stops", async |world| {
        let (begun, end, notes): (Arc<Notify>, Arc<Notify>, Notes) = Default::default();
        world.queue.enqueue_all(&world.db, &[Note(1), Note(2)]).await.unwrap();
        let settings = Settings { slots: 1, ..world.settings() };
        let worker = Worker::new(world.db.clone(), world.queue.clone(), waiting(&begun, &end), notes.clone(), settings);
        let (stop, stopped) = oneshot::channel::<()>();
        let mut worker = tokio::spawn(worker.run(async move { drop(stopped.await) }));
        begun.notified().await;
        stop.send(()).unwrap();
        assert!(tokio::time::timeout(Duration::from_millis(50), &mut worker).await.is_err(), "it waits");
        end.notify_one();
        worker.await.unwrap();
        assert_eq!(notes.all(), [1]);
        assert_eq!(world.drain(&noting(), &notes).await.done.len(), 1);
        assert_eq!(notes.all(), [1, 2]);
    })
    .await;
}

#[tokio::test]
async fn what_does_not_end_within_its_patience_is_put_back_and_done_by_another_at_once() {
    in_each("patience", async |world| {
        let (begun, end, notes) = (Arc::default(), Arc::default(), Notes::default());
        let id = world.queue.enqueue(&world.db, &Note(1)).await.unwrap();
        let settings = Settings { patience: Duration::from_millis(20), ..world.settings() };
        let worker = Worker::new(world.db.clone(), world.queue.clone(), waiting(&begun, &end), notes.clone(), settings);
        let (stop, stopped) = oneshot::channel::<()>();
        let worker = tokio::spawn(worker.run(async move { drop(stopped.await) }));
        begun.notified().await;
        stop.send(()).unwrap();
        worker.await.unwrap();
        assert_eq!(notes.count(), 0);
        let [row] = <[_; 1]>::try_from(job::Entity::find().all(&world.db).await.unwrap()).unwrap();
        assert_eq!((row.attempts, row.locked_until), (0, None), "the end of the program does not count");
        let drained = world.drain(&noting(), &notes).await;
        assert_eq!((drained.done[0].id, notes.all()), (id, vec![1]));
    })
    .await;
}

#[tokio::test]
async fn a_worker_wakes_when_it_is_told_and_when_the_time_of_a_job_has_come() {
    in_each("wakes", async |world| {
        world.clock.start();
        let notes = Notes::default();
        let worker = Worker::new(world.db.clone(), world.queue.clone(), noting(), notes.clone(), world.settings());
        let worker = tokio::spawn(worker.run(std::future::pending()));
        tokio::time::sleep(Duration::from_millis(100)).await;
        world.queue.enqueue(&world.db, &Note(1)).await.unwrap();
        world.queue.wake();
        until(async || notes.count() == 1).await;
        world.queue.enqueue_at(&world.db, &Note(2), world.queue.now() + Duration::from_millis(300)).await.unwrap();
        world.queue.wake();
        until(async || notes.count() == 2).await;
        worker.abort();
    })
    .await;
}

#[tokio::test]
async fn on_postgresql_a_worker_hears_of_what_another_process_enqueues() {
    in_each("hears", async |world| {
        if !world.url.starts_with("postgres") {
            return;
        }
        let notes = Notes::default();
        let (db, queue) = world.process().await;
        let settings = Settings { listen_url: Some(world.url.clone()), ..world.settings() };
        let worker = tokio::spawn(Worker::new(db, queue, noting(), notes.clone(), settings).run(std::future::pending()));
        // The first is perhaps found without hearing, as it begins.
        for number in 1..4 {
            tokio::time::sleep(Duration::from_millis(100)).await;
            world.queue.enqueue(&world.db, &Note(number)).await.unwrap();
            until(async || notes.count() == number as usize).await;
        }
        worker.abort();
    })
    .await;
}

#[tokio::test]
async fn a_handler_that_has_lost_its_lease_is_stopped() {
    in_each("lost_lease", async |world| {
        world.clock.start();
        let (begun, gone): (Arc<Notify>, Arc<Notify>) = Default::default();
        let (says_begun, says_gone) = (Arc::clone(&begun), Arc::clone(&gone));
        let works = Works::new().handle(move |_: Notes, _: Note| {
            let (begun, gone) = (Arc::clone(&says_begun), OnDrop(Arc::clone(&says_gone)));
            async move {
                begun.notify_one();
                std::future::pending::<()>().await;
                drop(gone);
                Ok::<_, Failed>(())
            }
        });
        world.queue.enqueue(&world.db, &Note(1)).await.unwrap();
        let settings = Settings { lease: Duration::from_millis(800), ..world.settings() };
        let worker = Worker::new(world.db.clone(), world.queue.clone(), works, Notes::default(), settings);
        let worker = tokio::spawn(worker.run(std::future::pending()));
        begun.notified().await;
        // As if another had taken it.
        let taken = job::Entity::update_many().col_expr(job::Column::Attempts, Expr::val(2));
        let far = world.queue.now() + Duration::from_secs(3_600);
        taken.col_expr(job::Column::LockedUntil, Expr::val(far)).exec(&world.db).await.unwrap();
        tokio::time::timeout(Duration::from_secs(20), gone.notified()).await.unwrap();
        worker.abort();
        assert_eq!(world.queue.counts(&world.db).await.unwrap().running, 1, "it is the other's still");
    })
    .await;
}

struct OnDrop(Arc<Notify>);

impl Drop for OnDrop {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}
