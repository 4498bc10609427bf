//! What comes again.

use std::time::Duration;

use super::world::{Note, Notes, Trouble, in_each, noting, until};
use crate::timetable::Timetable;
use crate::{Schedule, Worker, Works};

const MINUTE: Duration = Duration::from_secs(60);

fn every(minutes: u32) -> Works<Notes> {
    noting().schedule("tests", Schedule::every_minutes(minutes), || Note(1))
}

#[tokio::test]
async fn a_schedule_begins_at_its_next_time_and_catches_up_once_on_what_it_missed() {
    in_each("schedule", async |world| {
        let (works, notes) = (every(10), Notes::default());
        world.drain(&works, &notes).await;
        assert_eq!(notes.count(), 0, "it has just begun");
        for (minutes, count) in [(9, 0), (1, 1), (0, 1), (9, 1), (1, 2), (35, 3), (4, 3), (1, 4)] {
            world.clock.move_by(MINUTE * minutes);
            world.drain(&works, &notes).await;
            assert_eq!(notes.count(), count, "after {minutes} more minutes");
        }
    })
    .await;
}

#[tokio::test]
async fn another_rule_for_the_same_name_holds_from_now_on() {
    in_each("another_rule", async |world| {
        let notes = Notes::default();
        world.drain(&every(10), &notes).await;
        world.clock.move_by(MINUTE * 10);
        world.drain(&every(60), &notes).await;
        assert_eq!(notes.count(), 0);
        world.clock.move_by(MINUTE * 49);
        world.drain(&every(60), &notes).await;
        assert_eq!(notes.count(), 0);
        world.clock.move_by(MINUTE);
        world.drain(&every(60), &notes).await;
        assert_eq!(notes.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn each_time_enqueues_once_however_many_processes_look() {
    in_each("four_processes", async |world| {
        let notes = Notes::default();
        let mut processes = Vec::new();
        for _ in 0..4 {
            let (db, queue) = world.process().await;
            processes.push((db, queue, every(10), Timetable::default()));
        }
        for time in 0..4 {
            let looks = processes.into_iter().map(|(db, queue, works, mut timetable)| {
                tokio::spawn(async move {
                    timetable.enqueue_due(&db, &queue, &works).await.unwrap();
                    (db, queue, works, timetable)
                })
            });
            processes = Vec::new();
            for look in looks.collect::<Vec<_>>() {
                processes.push(look.await.unwrap());
            }
            assert_eq!(world.queue.counts(&world.db).await.unwrap().waiting, time);
            world.clock.move_by(MINUTE * 10);
        }
        world.drain(&noting(), &notes).await;
        assert_eq!(notes.count(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_worker_does_what_is_scheduled_without_being_told() {
    in_each("scheduled_worker", async |world| {
        let notes = Notes::default();
        world.drain(&every(10), &notes).await;
        world.clock.move_by(MINUTE * 10 - Duration::from_millis(300));
        world.clock.start();
        let (db, queue) = world.process().await;
        let worker = Worker::new(db, queue, every(10), notes.clone(), world.settings());
        let worker = tokio::spawn(worker.run(std::future::pending()));
        until(async || notes.count() == 1).await;
        worker.abort();
    })
    .await;
}

#[tokio::test]
#[should_panic(expected = "no handler for tests.trouble")]
async fn what_nobody_does_cannot_be_scheduled() {
    let _ = noting().schedule("tests", Schedule::hourly_at(1), || Trouble(1));
}
