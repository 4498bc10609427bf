//! Those who watch, and what they have not looked at yet.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::Change;

/// Everybody who watches in this process.
#[derive(Default)]
pub(super) struct Watchers(Mutex<Listed>);

#[derive(Default)]
struct Listed {
    last: u64,
    by_id: HashMap<u64, Watcher>,
}

/// Takes what concerns it.
type Watcher = Box<dyn Fn(&Change) + Send>;

impl Watchers {
    pub(super) fn add(&self, watcher: Watcher) -> u64 {
        let mut listed = self.listed();
        listed.last += 1;
        let id = listed.last;
        listed.by_id.insert(id, watcher);
        id
    }

    pub(super) fn tell(&self, change: &Change) {
        self.listed().by_id.values().for_each(|watcher| watcher(change));
    }

    fn remove(&self, id: u64) {
        self.listed().by_id.remove(&id);
    }

    fn listed(&self) -> MutexGuard<'_, Listed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What somebody has not looked at yet: each thing once, however often it changed.
#[derive(Debug)]
pub(super) struct Inbox<T> {
    unseen: Mutex<BTreeSet<T>>,
    arrived: Notify,
}

impl<T: Ord> Inbox<T> {
    pub(super) fn put(&self, one: T) {
        self.unseen.lock().unwrap_or_else(PoisonError::into_inner).insert(one);
        self.arrived.notify_one();
    }

    pub(super) fn take(&self) -> Vec<T> {
        std::mem::take(&mut *self.unseen.lock().unwrap_or_else(PoisonError::into_inner)).into_iter().collect()
    }
}

impl<T> Default for Inbox<T> {
    fn default() -> Self {
        Self { unseen: Mutex::default(), arrived: Notify::new() }
    }
}

/// Somebody who watches, until it is dropped.
pub struct Watching<T> {
    pub(super) inbox: Arc<Inbox<T>>,
    pub(super) id: u64,
    pub(super) watchers: Arc<Watchers>,
}

impl<T: Ord> Watching<T> {
    /// What changed since one looked last, in its own order; waits until something does.
    pub async fn next(&mut self) -> Vec<T> {
        loop {
            let unseen = self.inbox.take();
            if !unseen.is_empty() {
                return unseen;
            }
            self.inbox.arrived.notified().await;
        }
    }
}

impl<T> Drop for Watching<T> {
    fn drop(&mut self) {
        self.watchers.remove(self.id);
    }
}

impl<T> std::fmt::Debug for Watching<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watching")
    }
}
