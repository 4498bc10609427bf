//! A database that does not answer for a while.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sea_orm::{ConnectionTrait, DbBackend};
use tokio::sync::Notify;

use super::workers::waiting;
use super::world::{Note, Notes, in_each, noting, until};
use crate::{Counts, Settings, Worker};

#[tokio::test]
async fn an_outage_is_survived_without_hurry() {
    in_each("outage", async |world| {
        world.clock.start();
        let notes = Notes::default();
        let (mut db, queue) = world.process().await;
        let asked = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&asked);
        db.set_metric_callback(move |_| _ = count.fetch_add(1, Ordering::SeqCst));
        world.db.execute_unprepared("ALTER TABLE job RENAME TO job_away").await.unwrap();
        let settings = Settings { poll: Duration::from_millis(10), ..world.settings() };
        let worker = tokio::spawn(Worker::new(db, queue.clone(), noting(), notes.clone(), settings).run(std::future::pending()));
        for _ in 0..50 {
            queue.wake();
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!((1..20).contains(&asked.load(Ordering::SeqCst)), "{asked:?}");
        world.db.execute_unprepared("ALTER TABLE job_away RENAME TO job").await.unwrap();
        world.queue.enqueue(&world.db, &Note(1)).await.unwrap();
        until(async || notes.count() == 1).await;
        worker.abort();
    })
    .await;
}

#[tokio::test]
async fn on_postgresql_a_worker_hears_again_after_its_connections_were_cut() {
    in_each("cut", async |world| {
        if world.db.get_database_backend() != DbBackend::Postgres {
            return;
        }
        let notes = Notes::default();
        let (db, queue) = world.process().await;
        let settings = Settings { listen_url: Some(world.url.clone()), ..world.settings() };
        let worker = tokio::spawn(Worker::new(db, queue, noting(), notes.clone(), settings).run(std::future::pending()));
        world.queue.enqueue(&world.db, &Note(1)).await.unwrap();
        until(async || notes.count() == 1).await;
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
        world.db.execute_unprepared(cut).await.unwrap();
        world.queue.enqueue(&world.db, &Note(2)).await.unwrap();
        until(async || notes.count() == 2).await;
        world.queue.enqueue(&world.db, &Note(3)).await.unwrap();
        until(async || notes.count() == 3).await;
        worker.abort();
    })
    .await;
}

#[tokio::test]
async fn what_ends_during_an_outage_is_written_down_after_it_and_not_done_again() {
    in_each("ends_in_outage", async |world| {
        world.clock.start();
        let (begun, end, notes): (Arc<Notify>, Arc<Notify>, Notes) = Default::default();
        world.queue.enqueue(&world.db, &Note(1)).await.unwrap();
        let (db, queue) = world.process().await;
        let worker = Worker::new(db, queue, waiting(&begun, &end), notes.clone(), world.settings());
        let worker = tokio::spawn(worker.run(std::future::pending()));
        begun.notified().await;
        world.db.execute_unprepared("ALTER TABLE job RENAME TO job_away").await.unwrap();
        end.notify_one();
        until(async || notes.count() == 1).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        world.db.execute_unprepared("ALTER TABLE job_away RENAME TO job").await.unwrap();
        until(async || world.queue.counts(&world.db).await.unwrap() == Counts::default()).await;
        assert_eq!(notes.all(), [1]);
        worker.abort();
    })
    .await;
}
