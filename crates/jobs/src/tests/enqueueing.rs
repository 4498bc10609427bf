//! What is enqueued, and what is not.

use std::time::Duration;

use entity::job;
use sea_orm::EntityTrait;

use super::world::{Note, Notes, Trouble, in_each, noting};
use crate::Failed;
use crate::timetable::begin_write;

#[tokio::test]
async fn what_is_rolled_back_was_never_enqueued() {
    in_each("rolled_back", async |world| {
        let tx = begin_write(&world.db).await.unwrap();
        world.queue.enqueue(&tx, &Note(1)).await.unwrap();
        world.queue.enqueue_all(&tx, &[Note(2), Note(3)]).await.unwrap();
        world.queue.enqueue_once(&tx, "key", &Note(4)).await.unwrap();
        tx.rollback().await.unwrap();
        let tx = begin_write(&world.db).await.unwrap();
        world.queue.enqueue(&tx, &Note(5)).await.unwrap();
        tx.commit().await.unwrap();
        let notes = Notes::default();
        world.drain(&noting(), &notes).await;
        assert_eq!(notes.all(), [5]);
    })
    .await;
}

#[tokio::test]
async fn jobs_are_done_in_the_order_of_their_time_and_then_of_enqueueing_and_leave_nothing() {
    in_each("in_order", async |world| {
        let (db, queue) = (&world.db, &world.queue);
        let many: Vec<Note> = (10..510).map(Note).collect();
        queue.enqueue_all(db, &many).await.unwrap();
        for number in 510..520 {
            queue.enqueue(db, &Note(number)).await.unwrap();
        }
        queue.enqueue_at(db, &Note(1), world.clock.now() - Duration::from_secs(1)).await.unwrap();
        queue.enqueue_at(db, &Note(900), world.clock.now() + Duration::from_secs(60)).await.unwrap();
        let notes = Notes::default();
        let drained = world.drain(&noting(), &notes).await;
        assert_eq!(notes.all(), [1].into_iter().chain(10..520).collect::<Vec<u32>>());
        assert_eq!((drained.kinds().count(), drained.failed.len()), (511, 0));
        world.clock.move_by(Duration::from_secs(60));
        world.drain(&noting(), &notes).await;
        assert_eq!(notes.all().last(), Some(&900));
        assert_eq!(job::Entity::find().all(db).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn one_that_waits_is_enough_but_one_that_has_begun_is_not() {
    in_each("once", async |world| {
        let (db, queue) = (&world.db, &world.queue);
        let later = queue.enqueue_once(db, "a", &Note(1)).await.unwrap();
        assert_eq!(queue.enqueue_once(db, "a", &Note(2)).await.unwrap(), later);
        assert_ne!(queue.enqueue_once(db, "b", &Note(3)).await.unwrap(), later);
        assert_ne!(queue.enqueue_once(db, "a", &Trouble(4)).await.unwrap(), later);
        let (inner_db, inner) = (db.clone(), queue.clone());
        let works = noting().handle(move |notes: Notes, trouble: Trouble| {
            let (db, queue) = (inner_db.clone(), inner.clone());
            async move {
                notes.add(trouble.0);
                if trouble.0 == 4 {
                    queue.enqueue_once(&db, "a", &Trouble(5)).await?;
                    queue.enqueue_once(&db, "a", &Trouble(6)).await?;
                }
                Ok::<_, Failed>(())
            }
        });
        let notes = Notes::default();
        world.drain(&works, &notes).await;
        assert_eq!(notes.all(), [1, 3, 4, 5]);
    })
    .await;
}

#[tokio::test]
async fn one_that_is_enough_for_an_open_transaction_is_not_begun_before_its_end() {
    in_each("once_held", async |world| {
        let (db, queue) = (&world.db, &world.queue);
        let id = queue.enqueue_once(db, "a", &Note(1)).await.unwrap();
        let tx = begin_write(db).await.unwrap();
        assert_eq!(queue.enqueue_once(&tx, "a", &Note(2)).await.unwrap(), id);
        let taken = async {
            let (other, queue) = world.process().await;
            crate::lease::take(&other, &["tests.note"], 1, queue.now(), Duration::from_secs(60)).await.unwrap()
        };
        // SQLite lets the other wait, PostgreSQL lets it go on.
        let (taken, ()) = tokio::join!(taken, async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            tx.commit().await.unwrap();
        });
        let is_postgres = world.url.starts_with("postgres");
        assert_eq!(taken.len(), usize::from(!is_postgres));
    })
    .await;
}

#[tokio::test]
async fn one_that_waits_for_later_is_done_at_the_sooner_moment() {
    in_each("once_at", async |world| {
        let (db, queue) = (&world.db, &world.queue);
        let soon = queue.now() + chrono::TimeDelta::minutes(1);
        let late = queue.now() + chrono::TimeDelta::minutes(10);
        let id = queue.enqueue_once_at(db, "a", &Note(1), late).await.unwrap();
        assert_eq!(queue.enqueue_once_at(db, "a", &Note(2), soon).await.unwrap(), id);
        assert_eq!(queue.enqueue_once_at(db, "a", &Note(3), late).await.unwrap(), id);
        let notes = Notes::default();
        world.drain(&noting(), &notes).await;
        assert!(notes.all().is_empty());
        world.clock.move_by(Duration::from_secs(60));
        world.drain(&noting(), &notes).await;
        assert_eq!(notes.all(), [1]);
    })
    .await;
}
