//! The registry: who does which kind of job, and what comes again.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;

use sea_orm::DbErr;
use serde_json::Value;

use crate::queue::payload;
use crate::{Failed, Job, Retry, Schedule};

/// Who does which kind of job, and what comes again. `C` is what handlers are given besides their job.
pub struct Works<C> {
    kinds: BTreeMap<&'static str, Work<C>>,
    schedules: Vec<Scheduled>,
}

/// A handler at work.
pub(crate) type Run = Pin<Box<dyn Future<Output = Result<(), Failed>> + Send>>;

type Handler<C> = Arc<dyn Fn(C, Value) -> Run + Send + Sync>;

/// How a kind is done.
pub(crate) struct Work<C> {
    /// How it is tried again.
    pub retry: Retry,
    handler: Handler<C>,
}

/// What comes again.
pub(crate) struct Scheduled {
    /// Names it for ever.
    pub name: &'static str,
    /// When.
    pub schedule: Schedule,
    /// The kind of its job.
    pub kind: &'static str,
    payload: Box<dyn Fn() -> Result<Value, DbErr> + Send + Sync>,
}

impl<C: Send + 'static> Works<C> {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self { kinds: BTreeMap::new(), schedules: Vec::new() }
    }

    /// Jobs `J` are done by `handler`.
    ///
    /// # Panics
    /// Where somebody else does them already.
    #[must_use]
    pub fn handle<J, E, F>(mut self, handler: impl Fn(C, J) -> F + Send + Sync + 'static) -> Self
    where
        J: Job,
        E: Into<Failed>,
        F: Future<Output = Result<(), E>> + Send + 'static,
    {
        let handler = Arc::new(handler);
        let read_and_run = move |context: C, payload: Value| -> Run {
            let handler = Arc::clone(&handler);
            Box::pin(async move {
                // What serde has to say repeats what it has read.
                let unread = |_| Failed::again("what was kept of it is not what this program expects");
                let job = serde_json::from_value::<J>(payload).map_err(unread)?;
                handler(context, job).await.map_err(Into::into)
            })
        };
        let before = self.kinds.insert(J::KIND, Work { retry: J::RETRY, handler: Arc::new(read_and_run) });
        assert!(before.is_none(), "two handlers for {}", J::KIND);
        self
    }

    /// What `make` gives is enqueued once every time that `schedule` says. Changing the schedule of a `name` is fine; the first
    /// time after a worker has begun with it is the first that is still ahead.
    ///
    /// # Panics
    /// Where the name is taken, or nobody does `J`: say who does it first.
    #[must_use]
    pub fn schedule<J: Job>(mut self, name: &'static str, schedule: Schedule, make: fn() -> J) -> Self {
        assert!(self.kinds.contains_key(J::KIND), "no handler for {}, which {name} enqueues", J::KIND);
        assert!(self.schedules.iter().all(|other| other.name != name), "two schedules of the name {name}");
        let payload = Box::new(move || payload(&make()));
        self.schedules.push(Scheduled { name, schedule, kind: J::KIND, payload });
        self
    }

    /// The kinds that are done here.
    #[must_use]
    pub fn kinds(&self) -> Vec<&'static str> {
        self.kinds.keys().copied().collect()
    }

    /// What comes again, and when.
    pub fn schedules(&self) -> impl Iterator<Item = (&'static str, Schedule)> {
        self.schedules.iter().map(|scheduled| (scheduled.name, scheduled.schedule))
    }

    /// How a kind is done, if it is.
    pub(crate) fn work(&self, kind: &str) -> Option<&Work<C>> {
        self.kinds.get(kind)
    }

    /// What comes again.
    pub(crate) fn scheduled(&self) -> &[Scheduled] {
        &self.schedules
    }
}

impl<C: Send + 'static> Default for Works<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C> Work<C> {
    /// A handler that will do a job.
    pub(crate) fn run(&self, context: C, payload: Value) -> Run {
        (self.handler)(context, payload)
    }
}

impl Scheduled {
    /// What is kept of its job.
    pub(crate) fn payload(&self) -> Result<Value, DbErr> {
        (self.payload)()
    }
}
