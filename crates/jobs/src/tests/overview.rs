//! What an administrator sees.

use std::time::Duration;

use super::world::{Note, Notes, in_each};
use crate::{Counts, Failed, Works, lease};

#[tokio::test]
async fn jobs_are_counted_as_waiting_running_and_failed() {
    in_each("counts", async |world| {
        let (db, queue) = (&world.db, &world.queue);
        let works = Works::new().handle(async |_: Notes, _: Note| Err::<(), _>(Failed::never("no")));
        queue.enqueue_all(db, &[Note(1), Note(2)]).await.unwrap();
        world.drain(&works, &Notes::default()).await;
        queue.enqueue_all(db, &[Note(3), Note(4), Note(5), Note(6)]).await.unwrap();
        lease::take(db, &["tests.note"], 1, queue.now(), Duration::from_secs(60)).await.unwrap();
        assert_eq!(queue.counts(db).await.unwrap(), Counts { waiting: 3, running: 1, failed: 2 });
        world.clock.move_by(Duration::from_secs(61));
        assert_eq!(queue.counts(db).await.unwrap(), Counts { waiting: 4, running: 0, failed: 2 });
    })
    .await;
}

#[tokio::test]
async fn dead_letters_are_read_page_by_page_the_latest_first() {
    in_each("letters", async |world| {
        let (db, queue) = (&world.db, &world.queue);
        let works = Works::new().handle(async |_: Notes, note: Note| Err::<(), _>(Failed::never(note.0.to_string())));
        for numbers in [[1, 2], [3, 4], [5, 6]] {
            queue.enqueue_all(db, &numbers.map(Note)).await.unwrap();
            world.drain(&works, &Notes::default()).await;
            world.clock.move_by(Duration::from_secs(1));
        }
        let (mut read, mut after) = (Vec::new(), None);
        loop {
            let page = queue.dead_letters(db, after, 4).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some((last.failed_at, last.id));
            read.extend(page.into_iter().map(|letter| letter.last_error));
        }
        assert_eq!(read, ["6", "5", "4", "3", "2", "1"]);
    })
    .await;
}
