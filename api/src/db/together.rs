//! Group commit: what many want written to the same thing at the same time is written in one transaction.
//!
//! A transaction that lasts ends with a flush of the disk, so whatever has to wait for the one before it is bound by the number of
//! flushes in a second. Here, whoever comes while others are being served waits, and all who wait are served together next. Nobody
//! waits for company: who comes alone is served alone, at once.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

/// Most that are served together: rows of one statement, and the time for which the others wait.
const MOST: usize = 256;

/// Who waits to be served, for each thing that is served one round at a time.
pub struct Together<Key, Asked, Answer>(Mutex<Lines<Key, Asked, Answer>>);

/// A line for each thing that is being served now.
type Lines<Key, Asked, Answer> = HashMap<Key, Line<Asked, Answer>>;
type Line<Asked, Answer> = Vec<(Asked, oneshot::Sender<Answer>)>;

impl<Key, Asked, Answer> Together<Key, Asked, Answer>
where
    Key: Clone + Eq + Hash + Send + 'static,
    Asked: Send + 'static,
    Answer: Send + 'static,
{
    /// Has something served, together with what else is asked of `key` by then. `serve` gets the asked of a round in the order in
    /// which they came, and gives as many answers. It goes on where a caller goes away, as others wait with them. None where it
    /// broke down.
    pub async fn ask<Serving>(
        self: &Arc<Self>,
        key: Key,
        asked: Asked,
        serve: impl Fn(Vec<Asked>) -> Serving + Send + 'static,
    ) -> Option<Answer>
    where
        Serving: Future<Output = Vec<Answer>> + Send,
    {
        let (answer, answered) = oneshot::channel();
        if self.stand_in_line(&key, (asked, answer)) {
            let mut counter = Counter { together: Arc::clone(self), key, is_closed: false };
            tokio::spawn(async move {
                while let Some(round) = counter.next_round() {
                    let (asked, waiting): (Vec<_>, Vec<_>) = round.into_iter().unzip();
                    for (waits, answer) in waiting.into_iter().zip(serve(asked).await) {
                        // Who went away needs none.
                        _ = waits.send(answer);
                    }
                }
            });
        }
        answered.await.ok()
    }

    /// Whether nobody serves this line yet.
    fn stand_in_line(&self, key: &Key, who: (Asked, oneshot::Sender<Answer>)) -> bool {
        let mut lines = self.lines();
        let is_new = !lines.contains_key(key);
        lines.entry(key.clone()).or_default().push(who);
        is_new
    }
}

impl<Key, Asked, Answer> Together<Key, Asked, Answer> {
    fn lines(&self) -> MutexGuard<'_, Lines<Key, Asked, Answer>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where one line is served, until nobody stands in it.
struct Counter<Key: Eq + Hash, Asked, Answer> {
    together: Arc<Together<Key, Asked, Answer>>,
    key: Key,
    is_closed: bool,
}

impl<Key: Eq + Hash, Asked, Answer> Counter<Key, Asked, Answer> {
    fn next_round(&mut self) -> Option<Line<Asked, Answer>> {
        let mut lines = self.together.lines();
        let line = lines.get_mut(&self.key).filter(|line| !line.is_empty());
        let round = line.map(|line| line.drain(..line.len().min(MOST)).collect());
        if round.is_none() {
            lines.remove(&self.key);
            self.is_closed = true;
        }
        round
    }
}

impl<Key: Eq + Hash, Asked, Answer> Drop for Counter<Key, Asked, Answer> {
    /// Where serving broke down, those in line learn of it, and who comes next begins anew.
    fn drop(&mut self) {
        if !self.is_closed {
            self.together.lines().remove(&self.key);
        }
    }
}

impl<Key, Asked, Answer> Default for Together<Key, Asked, Answer> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<Key, Asked, Answer> fmt::Debug for Together<Key, Asked, Answer> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Together")
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::join_all;

    use super::*;

    type Doubling = Together<&'static str, u32, (u32, usize)>;

    /// Doubles numbers, and tells how many of them were doubled together.
    async fn double(asked: Vec<u32>) -> Vec<(u32, usize)> {
        tokio::task::yield_now().await;
        let many = asked.len();
        asked.into_iter().map(|number| (2 * number, many)).collect()
    }

    #[tokio::test]
    async fn those_who_come_while_another_is_served_are_served_together_each_with_an_answer_of_their_own() {
        let together = Arc::new(Doubling::default());
        let answers = join_all((0..1000).map(|number| together.ask("a", number, double))).await;
        let doubled: Vec<u32> = answers.iter().map(|answer| answer.unwrap().0).collect();
        assert_eq!(doubled, (0..1000).map(|number| 2 * number).collect::<Vec<_>>());
        let rounds: Vec<usize> = answers.into_iter().map(|answer| answer.unwrap().1).collect();
        assert!(rounds.iter().any(|many| *many > 1), "{rounds:?}");
        assert!(rounds.iter().all(|many| *many <= MOST), "{rounds:?}");
        assert!(together.lines().is_empty());
    }

    #[tokio::test]
    async fn other_things_are_served_meanwhile_and_who_comes_alone_is_served_alone() {
        let together = Arc::new(Doubling::default());
        let (stuck, other) = (together.ask("stuck", 1, |_| std::future::pending()), together.ask("other", 2, double));
        tokio::select! {
            _ = stuck => panic!("it never ends"),
            answer = other => assert_eq!(answer, Some((4, 1))),
        }
    }

    #[tokio::test]
    async fn where_serving_breaks_down_nobody_waits_for_ever_and_the_next_are_served() {
        let together = Arc::new(Doubling::default());
        let broken = join_all((0..3).map(|number| together.ask("a", number, |_| async { panic!("a fault of ours") }))).await;
        assert_eq!(broken, [None, None, None]);
        assert_eq!(together.ask("a", 4, double).await, Some((8, 1)));
    }
}
