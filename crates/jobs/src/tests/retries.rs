//! What fails is tried again, ever later, and in the end given up.

use std::time::Duration;

use super::world::{Note, Notes, Trouble, in_each, noting};
use crate::{Failed, Job, JobId, Works};

/// Who has trouble with everything.
fn failing() -> Works<Notes> {
    noting().handle(async |notes: Notes, trouble: Trouble| {
        notes.add(trouble.0);
        Err::<(), _>(Failed::again(format!("trouble {}", trouble.0)))
    })
}

#[tokio::test]
async fn what_fails_waits_ever_longer_and_is_given_up_after_its_attempts() {
    in_each("back_off", async |world| {
        let (works, notes) = (failing(), Notes::default());
        let id = world.queue.enqueue(&world.db, &Trouble(7)).await.unwrap();
        for (attempt, wait) in [(1, 100), (2, 200), (3, 0)] {
            let drained = world.drain(&works, &notes).await;
            assert_eq!(drained.failed.len(), 1);
            let failure = &drained.failed[0];
            assert_eq!((failure.id, failure.attempt, failure.error.as_str()), (id, attempt, "trouble 7"));
            assert_eq!(failure.is_dead, attempt == 3);
            world.clock.move_by(Duration::from_secs(wait).saturating_sub(Duration::from_secs(1)));
            assert_eq!(world.drain(&works, &notes).await.failed, [], "too early");
            // And the spread.
            world.clock.move_by(Duration::from_secs(1) + Duration::from_secs(wait) / 4);
        }
        world.clock.move_by(Duration::from_secs(100_000));
        assert_eq!(world.drain(&works, &notes).await.failed, []);
        assert_eq!(notes.all(), [7, 7, 7]);
        let letters = world.queue.dead_letters(&world.db, None, 10).await.unwrap();
        assert_eq!(letters.len(), 1);
        assert_eq!((letters[0].id, letters[0].attempts, letters[0].last_error.as_str()), (id, 3, "trouble 7"));
    })
    .await;
}

#[tokio::test]
async fn what_can_never_succeed_is_given_up_at_once() {
    in_each("never", async |world| {
        let works = Works::new().handle(async |_: Notes, _: Note| Err::<(), _>(Failed::never("no")));
        world.queue.enqueue(&world.db, &Note(1)).await.unwrap();
        let drained = world.drain(&works, &Notes::default()).await;
        assert!(drained.failed[0].is_dead && drained.failed[0].attempt == 1);
    })
    .await;
}

#[tokio::test]
async fn a_panic_is_a_failed_attempt_and_others_are_done() {
    in_each("panics", async |world| {
        let works = noting().handle(async |notes: Notes, trouble: Trouble| {
            notes.add(trouble.0);
            assert_ne!(trouble.0, 1, "a panic that this test is about");
            Ok::<_, Failed>(())
        });
        world.queue.enqueue_all(&world.db, &[Trouble(1), Trouble(2)]).await.unwrap();
        world.queue.enqueue(&world.db, &Note(3)).await.unwrap();
        let notes = Notes::default();
        let drained = world.drain(&works, &notes).await;
        assert_eq!((notes.all(), drained.done.len(), drained.failed.len()), (vec![1, 2, 3], 2, 1));
        assert!(!drained.failed[0].is_dead && !drained.failed[0].error.contains("this test"));
    })
    .await;
}

#[tokio::test]
async fn kinds_that_are_unknown_here_are_left_to_others() {
    in_each("unknown", async |world| {
        world.queue.enqueue(&world.db, &Trouble(1)).await.unwrap();
        world.queue.enqueue(&world.db, &Note(2)).await.unwrap();
        let notes = Notes::default();
        let drained = world.drain(&noting(), &notes).await;
        assert_eq!((notes.all(), drained.failed.len()), (vec![2], 0));
        assert_eq!(world.drain(&Works::new(), &notes).await, crate::Drained::default());
        let drained = world.drain(&failing(), &notes).await;
        assert_eq!(drained.failed[0].attempt, 1);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_waits_for_a_program_that_can_and_its_text_is_not_repeated() {
    in_each("unreadable", async |world| {
        let tx = &world.db;
        world.queue.insert(tx, "tests.note", "ada@example.org".into(), world.clock.now()).await.unwrap();
        let drained = world.drain(&noting(), &Notes::default()).await;
        assert!(!drained.failed[0].is_dead && !drained.failed[0].error.contains("ada"), "{drained:?}");
    })
    .await;
}

#[tokio::test]
async fn a_dead_letter_is_put_back_or_discarded() {
    in_each("put_back", async |world| {
        let works = Works::new().handle(async |_: Notes, _: Note| Err::<(), _>(Failed::never("no")));
        let (db, queue) = (&world.db, &world.queue);
        let ids = queue.enqueue_all(db, &[Note(1), Note(2)]).await.unwrap();
        assert!(!queue.retry(db, ids[0]).await.unwrap() && !queue.discard(db, ids[0]).await.unwrap(), "not dead yet");
        assert_eq!(world.drain(&works, &Notes::default()).await.failed.len(), 2);
        assert!(queue.retry(db, ids[0]).await.unwrap() && queue.discard(db, ids[1]).await.unwrap());
        assert!(!queue.discard(db, JobId(uuid::Uuid::nil())).await.unwrap());
        let notes = Notes::default();
        let drained = world.drain(&noting(), &notes).await;
        assert_eq!((notes.all(), drained.done[0].id), (vec![1], ids[0]));
        assert_eq!(queue.counts(db).await.unwrap(), crate::Counts::default());
    })
    .await;
}

#[tokio::test]
async fn dead_letters_of_a_kind_are_put_back_together_and_old_ones_are_forgotten() {
    in_each("all_back", async |world| {
        let works = Works::new()
            .handle(async |_: Notes, _: Note| Err::<(), _>(Failed::never("no")))
            .handle(async |_: Notes, _: Trouble| Err::<(), _>(Failed::never("no")));
        let (db, queue) = (&world.db, &world.queue);
        queue.enqueue_all(db, &[Note(1), Note(2)]).await.unwrap();
        queue.enqueue(db, &Trouble(3)).await.unwrap();
        world.drain(&works, &Notes::default()).await;
        assert_eq!(queue.retry_all(db, Note::KIND).await.unwrap(), 2);
        let notes = Notes::default();
        world.drain(&noting(), &notes).await;
        assert_eq!(notes.all(), [1, 2]);
        assert_eq!(queue.discard_before(db, world.clock.now()).await.unwrap(), 0);
        world.clock.move_by(Duration::from_secs(1));
        assert_eq!(queue.discard_before(db, world.clock.now()).await.unwrap(), 1);
    })
    .await;
}
