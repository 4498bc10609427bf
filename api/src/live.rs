//! What changed, told at once to whoever watches it, in every process.
//!
//! A use case announces a change in its transaction ([`crate::app::Writing::announce`]); it is told when that is committed, and
//! never otherwise. On PostgreSQL the database tells every process that listens, ours among them; the embedded database has one
//! process, which tells itself. A change says what to look at again, and nothing of what is there: who watches looks with their own
//! rights.

mod change;
mod postgres;
mod watching;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OnceCell, watch};
use tokio::task::AbortHandle;

pub use self::change::Change;
pub use self::postgres::tell;
pub use self::watching::Watching;
use self::watching::{Inbox, Watchers};
use crate::kernel::Fault;

/// How long it may take until the database can be listened to.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where changes are told, and heard.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    /// PostgreSQL that tells of the changes of all processes; none where this is the only one.
    url: Option<String>,
    watchers: Arc<Watchers>,
    listening: OnceCell<Listening>,
    /// Counts the times at which something may have been missed.
    gaps: watch::Sender<u64>,
}

/// The task that listens; it ends with what it listens for.
struct Listening {
    task: AbortHandle,
    /// Whether changes are heard at present.
    hears: watch::Receiver<bool>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl From<Deaf> for Fault {
    fn from(deaf: Deaf) -> Self {
        Self::Broken(deaf.to_string())
    }
}

/// The database cannot be listened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the database that tells of changes does not answer")]
pub struct Deaf;

impl Live {
    /// Tells the watchers of this process, or those of every process that listens to the PostgreSQL at `url`.
    #[must_use]
    pub fn new(url: Option<String>) -> Self {
        let (gaps, _) = watch::channel(0);
        Self(Arc::new(Inner { url, watchers: Arc::default(), listening: OnceCell::new(), gaps }))
    }

    /// Gathers, from now on, what `pick` takes of the changes.
    ///
    /// # Errors
    /// [`Deaf`] where changes cannot be heard.
    pub async fn watch<T>(&self, pick: impl Fn(&Change) -> Option<T> + Send + 'static) -> Result<Watching<T>, Deaf>
    where
        T: Ord + Send + 'static,
    {
        if let Some(url) = &self.0.url {
            let listening = self.0.listening.get_or_init(async || self.listen(url.clone())).await;
            let mut hears = listening.hears.clone();
            let heard = tokio::time::timeout(PATIENCE, hears.wait_for(|hears| *hears)).await;
            heard.ok().and_then(Result::ok).ok_or(Deaf)?;
        }
        let inbox = Arc::new(Inbox::default());
        let heard = Arc::clone(&inbox);
        let id = self.0.watchers.add(Box::new(move |change| {
            if let Some(picked) = pick(change) {
                heard.put(picked);
            }
        }));
        Ok(Watching { inbox, id, watchers: Arc::clone(&self.0.watchers) })
    }

    /// What tells when something may have been missed, as the database was away, or when this process is about to end: whoever
    /// watches begins anew then, here or at another process.
    #[must_use]
    pub fn gaps(&self) -> watch::Receiver<u64> {
        self.0.gaps.subscribe()
    }

    /// Has everybody who watches begin anew.
    pub fn interrupt(&self) {
        missed(&self.0.gaps);
    }

    /// Waits until nobody looks out for gaps any more: all have been told, and have gone.
    pub async fn until_all_have_gone(&self) {
        self.0.gaps.closed().await;
    }

    /// Tells the watchers of this process, where no database does.
    pub fn tell_here(&self, changes: &[Change]) {
        if self.0.url.is_none() {
            changes.iter().for_each(|change| self.0.watchers.tell(change));
        }
    }

    fn listen(&self, url: String) -> Listening {
        let (heard, hears) = watch::channel(false);
        let task = tokio::spawn(postgres::listen_for_ever(url, Arc::clone(&self.0.watchers), heard, self.0.gaps.clone()));
        Listening { task: task.abort_handle(), hears }
    }
}

fn missed(gaps: &watch::Sender<u64>) {
    gaps.send_modify(|gaps| *gaps += 1);
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Live")
    }
}

#[cfg(test)]
mod tests {
    use entity::id::EventId;
    use uuid::Uuid;

    use super::*;

    fn seats(event: u128) -> Change {
        Change::Seats { event: EventId(Uuid::from_u128(event)), date: None }
    }

    #[tokio::test]
    async fn what_happens_while_one_is_busy_is_told_once_when_one_looks_again() {
        let live = Live::new(None);
        let mut watching = live.watch(|change| (*change != seats(3)).then_some(*change)).await.unwrap();
        live.tell_here(&[seats(2), seats(1), seats(2), seats(3)]);
        assert_eq!(watching.next().await, [seats(1), seats(2)]);
        let later = tokio::time::timeout(Duration::from_millis(20), watching.next()).await;
        assert!(later.is_err(), "{later:?}");
    }

    #[tokio::test]
    async fn who_watches_no_longer_is_told_nothing() {
        let live = Live::new(None);
        let inbox = {
            let watching = live.watch(|change| Some(*change)).await.unwrap();
            Arc::clone(&watching.inbox)
        };
        live.tell_here(&[seats(1)]);
        assert_eq!(inbox.take(), []);
    }
}
