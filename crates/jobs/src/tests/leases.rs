//! Whose a job is.

use std::time::Duration;

use super::world::{Note, Notes, Trouble, in_each, noting};
use crate::attempt::{Settled, settle};
use crate::lease::{Leased, take};
use crate::{Failed, Queue};

const LEASE: Duration = Duration::from_secs(60);

async fn one(db: &sea_orm::DatabaseConnection, queue: &Queue) -> Option<Leased> {
    take(db, &["tests.note", "tests.trouble"], 1, queue.now(), LEASE).await.unwrap().pop()
}

#[tokio::test]
async fn a_job_is_one_workers_until_its_lease_ends_and_every_lease_is_an_attempt() {
    in_each("lease_ends", async |world| {
        let (db, queue) = (&world.db, &world.queue);
        queue.enqueue(db, &Note(1)).await.unwrap();
        let mut first = one(db, queue).await.unwrap();
        assert!(one(db, queue).await.is_none());
        world.clock.move_by(LEASE / 2);
        assert!(first.lease.renew(db, queue.now() + LEASE).await.unwrap());
        world.clock.move_by(LEASE / 2);
        assert!(one(db, queue).await.is_none(), "it was renewed");
        world.clock.move_by(LEASE / 2);
        let second = one(db, queue).await.unwrap();
        assert_eq!((first.job.attempts, second.job.attempts), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn who_was_too_slow_changes_nothing_of_what_another_has_meanwhile() {
    in_each("too_slow", async |world| {
        let (db, queue, works) = (&world.db, &world.queue, noting());
        queue.enqueue(db, &Note(1)).await.unwrap();
        let mut slow = one(db, queue).await.unwrap();
        world.clock.move_by(LEASE);
        let quick = one(db, queue).await.unwrap();
        assert!(!slow.lease.renew(db, queue.now() + LEASE).await.unwrap());
        for outcome in [Ok(()), Err(Failed::again("slow")), Err(Failed::never("slow"))] {
            assert_eq!(settle(db, queue, &works, &slow, &outcome).await.unwrap(), Settled::Lost);
        }
        assert!(!slow.lease.release(db).await.unwrap());
        assert_eq!(settle(db, queue, &works, &quick, &Ok(())).await.unwrap(), Settled::Done);
    })
    .await;
}

#[tokio::test]
async fn attempts_that_begin_anew_do_not_make_an_old_lease_good_again() {
    in_each("anew", async |world| {
        let (db, queue, works) = (&world.db, &world.queue, noting());
        let id = queue.enqueue(db, &Note(1)).await.unwrap();
        let slow = one(db, queue).await.unwrap();
        world.clock.move_by(LEASE);
        let quick = one(db, queue).await.unwrap();
        assert_eq!(settle(db, queue, &works, &quick, &Err(Failed::never("no"))).await.unwrap(), Settled::Dead);
        assert!(queue.retry(db, id).await.unwrap());
        let again = one(db, queue).await.unwrap();
        assert_eq!(again.job.attempts, slow.job.attempts);
        assert_eq!(settle(db, queue, &works, &slow, &Ok(())).await.unwrap(), Settled::Lost);
        assert_eq!(settle(db, queue, &works, &again, &Ok(())).await.unwrap(), Settled::Done);
    })
    .await;
}

#[tokio::test]
async fn what_was_never_begun_is_released_as_if_it_had_not_been_taken() {
    in_each("released", async |world| {
        let (db, queue) = (&world.db, &world.queue);
        queue.enqueue(db, &Note(1)).await.unwrap();
        assert!(one(db, queue).await.unwrap().lease.release(db).await.unwrap());
        assert_eq!(one(db, queue).await.unwrap().job.attempts, 1);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_kills_whoever_begins_it_is_given_up_too() {
    in_each("killer", async |world| {
        let (db, queue) = (&world.db, &world.queue);
        queue.enqueue(db, &Trouble(1)).await.unwrap();
        for _ in 0..3 {
            one(db, queue).await.unwrap();
            world.clock.move_by(LEASE);
        }
        let notes = Notes::default();
        let works = noting().handle(async |notes: Notes, trouble: Trouble| {
            notes.add(trouble.0);
            Ok::<_, Failed>(())
        });
        let drained = world.drain(&works, &notes).await;
        assert_eq!((drained.failed.len(), drained.failed[0].is_dead, notes.count()), (1, true, 0));
    })
    .await;
}

#[tokio::test]
async fn many_who_take_at_once_take_each_job_once_and_no_more_than_they_asked_for() {
    in_each("at_once", async |world| {
        let many: Vec<Note> = (0..60).map(Note).collect();
        world.queue.enqueue_all(&world.db, &many).await.unwrap();
        let (one, queue) = world.process().await;
        let (other, _) = world.process().await;
        let takes = (0..12).map(|number| {
            let (db, now) = (if number % 2 == 0 { one.clone() } else { other.clone() }, queue.now());
            tokio::spawn(async move { take(&db, &["tests.note"], 4, now, LEASE).await.unwrap() })
        });
        let mut taken = Vec::new();
        for take in takes.collect::<Vec<_>>() {
            let some = take.await.unwrap();
            assert!(some.len() <= 4);
            taken.extend(some.into_iter().map(|leased| leased.job.id));
        }
        let count = taken.len();
        taken.sort();
        taken.dedup();
        assert_eq!(taken.len(), count, "none twice");
        assert!(count >= 4);
    })
    .await;
}
