//! Batches of loads, in waves.
//!
//! Resolvers ask for what they need by key and wait. When none of them can go on, all that was asked for meanwhile is loaded, one
//! statement for each type of key; then they go on. So a query needs as many statements as it has levels, however many rows
//! there are. A loader that waits for a time instead, as the library's does, splits its batches when the machine is busy.

use std::any::{Any, TypeId};
use std::collections::{HashMap, HashSet};
use std::future::poll_fn;
use std::hash::Hash;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use async_graphql::dataloader::Loader;
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::task::AtomicWaker;
use tokio::sync::oneshot;

use super::loader::Loaders;
use crate::kernel::Fault;

/// A key that can be loaded.
pub trait Key: Send + Sync + Hash + Eq + Clone + 'static {}

impl<K: Send + Sync + Hash + Eq + Clone + 'static> Key for K {}

type Value<K> = <Loaders as Loader<K>>::Value;
type Answer<V> = Result<Option<V>, Arc<Fault>>;
type Start = Box<dyn FnOnce(Arc<Batches>) -> BoxFuture<'static, ()> + Send>;

/// The loads of one request, and what they found.
pub struct Batches {
    loaders: Loaders,
    queues: Mutex<HashMap<TypeId, Box<dyn Any + Send>>>,
    starts: Mutex<Vec<Start>>,
}

struct Queue<K, V> {
    waiting: Vec<(K, oneshot::Sender<Answer<V>>)>,
    found: HashMap<K, Option<V>>,
}

/// Wakes the request, and tells whether its work was woken while it was polled.
#[derive(Default)]
struct Alarm {
    rang: AtomicBool,
    outer: AtomicWaker,
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.rang.store(true, Ordering::Release);
        self.outer.wake();
    }
}

impl Batches {
    /// No loads yet.
    #[must_use]
    pub fn new(loaders: Loaders) -> Arc<Self> {
        Arc::new(Self { loaders, queues: Mutex::default(), starts: Mutex::default() })
    }

    /// Forgets what was found, so that what is asked for next is loaded anew.
    pub fn forget(&self) {
        lock(&self.queues).clear();
    }

    /// Runs what loads through these batches.
    pub async fn run<T>(self: &Arc<Self>, work: impl Future<Output = T>) -> T {
        // Work that yields to be fair to other tasks has not come to a stop: it is polled on, and so may not be made to yield.
        let mut work = pin!(tokio::task::unconstrained(work));
        let mut wave: FuturesUnordered<BoxFuture<'static, ()>> = FuturesUnordered::new();
        let alarm = Arc::new(Alarm::default());
        let waker = Waker::from(Arc::clone(&alarm));
        poll_fn(|context| {
            alarm.outer.register(context.waker());
            loop {
                alarm.rang.store(false, Ordering::Release);
                if let Poll::Ready(output) = work.as_mut().poll(&mut Context::from_waker(&waker)) {
                    return Poll::Ready(output);
                }
                if alarm.rang.load(Ordering::Acquire) {
                    continue;
                }
                if wave.is_empty() {
                    wave.extend(lock(&self.starts).drain(..).map(|start| start(Arc::clone(self))));
                }
                if wave.poll_next_unpin(context) != Poll::Ready(Some(())) {
                    return Poll::Pending;
                }
            }
        })
        .await
    }

    /// The value of a key, as soon as the next wave has it; none where there is none.
    ///
    /// # Errors
    /// What the load of its batch failed of.
    pub async fn load<K: Key>(&self, key: K) -> Answer<Value<K>>
    where
        Loaders: Loader<K, Error = Arc<Fault>>,
    {
        let answer = {
            let mut queues = lock(&self.queues);
            let queue = queue::<K>(&mut queues);
            if let Some(found) = queue.found.get(&key) {
                return Ok(found.clone());
            }
            let (sender, answer) = oneshot::channel();
            queue.waiting.push((key, sender));
            if queue.waiting.len() == 1 {
                lock(&self.starts).push(Box::new(|batches| Box::pin(async move { batches.load_waiting::<K>().await })));
            }
            answer
        };
        answer.await.unwrap_or_else(|_| Err(Arc::new(Fault::Broken("a batch was dropped".to_owned()))))
    }

    /// Loads at once what will be asked for.
    ///
    /// # Errors
    /// What the load failed of.
    pub async fn preload<K: Key>(&self, keys: Vec<K>) -> Result<(), Arc<Fault>>
    where
        Loaders: Loader<K, Error = Arc<Fault>>,
    {
        self.fetch(keys).await
    }

    async fn load_waiting<K: Key>(&self)
    where
        Loaders: Loader<K, Error = Arc<Fault>>,
    {
        let waiting = std::mem::take(&mut queue::<K>(&mut lock(&self.queues)).waiting);
        let outcome = self.fetch(waiting.iter().map(|(key, _)| key.clone()).collect()).await;
        for (key, sender) in waiting {
            let value = || queue::<K>(&mut lock(&self.queues)).found.get(&key).cloned().flatten();
            // Who no longer waits needs no answer.
            _ = sender.send(outcome.clone().map(|()| value()));
        }
    }

    async fn fetch<K: Key>(&self, mut keys: Vec<K>) -> Result<(), Arc<Fault>>
    where
        Loaders: Loader<K, Error = Arc<Fault>>,
    {
        let mut seen = HashSet::new();
        keys.retain(|key| seen.insert(key.clone()));
        {
            // What was on its way when it was asked for again has come by now.
            let mut queues = lock(&self.queues);
            let known = &queue::<K>(&mut queues).found;
            keys.retain(|key| !known.contains_key(key));
        }
        if keys.is_empty() {
            return Ok(());
        }
        let mut loaded = Loader::<K>::load(&self.loaders, &keys).await?;
        let mut queues = lock(&self.queues);
        let found = &mut queue::<K>(&mut queues).found;
        for key in keys {
            let value = loaded.remove(&key);
            found.insert(key, value);
        }
        Ok(())
    }
}

/// The queue of one type of key. Each stands under its own type, so that it is always found as what it is.
fn queue<K: Key>(queues: &mut HashMap<TypeId, Box<dyn Any + Send>>) -> &mut Queue<K, Value<K>>
where
    Loaders: Loader<K>,
{
    let empty = || Box::new(Queue::<K, Value<K>> { waiting: Vec::new(), found: HashMap::new() }) as Box<dyn Any + Send>;
    let entry = queues.entry(TypeId::of::<K>()).or_insert_with(empty);
    if !entry.is::<Queue<K, Value<K>>>() {
        *entry = empty();
    }
    match entry.downcast_mut() {
        Some(queue) => queue,
        None => unreachable!("the entry was just made of this type"),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
