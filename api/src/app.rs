//! All that a use case may touch, built once by `main` and by tests.

mod shared;

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};
use entity::id::{AccessTokenId, SessionId};
use jobs::{Job, Queue};
use mailer::Mailer;
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::{NoContext, Timestamp, Uuid};

use self::shared::Shared;
use crate::access::{Action, Decision, Viewer, decide};
use crate::config::Config;
use crate::db::transaction;
use crate::files::Files;
use crate::kernel::{Client, Clock, Locale, Refused, Throttle, Wanted};
use crate::live::{self, Change, Live};
use crate::secret::{Links, SecretKey};

/// The installation: what lives as long as the process.
#[derive(Clone, Debug)]
pub struct App {
    /// The database.
    pub db: DatabaseConnection,
    /// The settings.
    pub config: Arc<Config>,
    /// Where time comes from.
    pub clock: Clock,
    /// Makes and reads the secrets in links.
    pub links: Links,
    /// Where jobs wait that are to be done later.
    pub queue: Queue,
    /// What sends mails.
    pub mailer: Mailer,
    /// Files that people uploaded.
    pub files: Files,
    /// Where changes are told to who watches them.
    pub live: Live,
    /// How much each client may ask for.
    pub throttle: Arc<Throttle>,
    /// Who writes to the embedded database: one after another, in the order in which they came.
    writer: Arc<Semaphore>,
    /// What features share between requests.
    shared: Arc<Shared>,
    /// Whether it shows the starter data, which every page then says.
    pub shows_starter_data: bool,
}

impl App {
    /// An installation on a database that is up to date.
    #[must_use]
    pub fn new(db: DatabaseConnection, config: Config, clock: Clock, key: SecretKey, mailer: Mailer) -> Self {
        let queue = {
            let (now, id) = (clock.clone(), clock.clone());
            Queue::new(move || now.now(), move || new_id::<Uuid>(&id))
        };
        let files = Files::in_folder(config.media());
        let live = Live::new((!config.is_embedded()).then(|| config.database()));
        Self {
            db,
            config: Arc::new(config),
            clock,
            links: Links::new(key),
            queue,
            mailer,
            files,
            live,
            throttle: Arc::default(),
            writer: Arc::new(Semaphore::new(1)),
            shared: Arc::default(),
            shows_starter_data: false,
        }
    }

    /// What a feature keeps in this process for all requests: one of each type, made when it is first asked for.
    #[must_use]
    pub fn shared<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        self.shared.get()
    }

    /// A new id, in the order of time: UUID version 7 (RFC 9562 section 5.7).
    #[must_use]
    pub fn new_id<Id: From<Uuid>>(&self) -> Id {
        new_id(&self.clock)
    }

    /// An address of ours: `path` begins with a slash.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.config.public_url)
    }
}

fn new_id<Id: From<Uuid>>(clock: &Clock) -> Id {
    let now = clock.now();
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos())).into()
}

/// One request: the installation, who asks, and in which languages.
#[derive(Clone, Debug)]
pub struct Cx {
    /// The installation.
    pub app: App,
    /// Who asks.
    pub viewer: Viewer,
    /// In which languages, best first.
    pub wanted: Wanted,
    /// How it reached us.
    pub caller: Caller,
}

/// How a request reached us.
#[derive(Clone, Copy, Debug, Default)]
pub struct Caller {
    /// What shows who asks, where something does.
    pub credential: Option<Credential>,
    /// Where it came from, to be slowed down; none for what happens within.
    pub client: Option<Client>,
}

/// What shows who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// A session: the person signed in themselves.
    Session(SessionId),
    /// An access token: a program acts for the person.
    AccessToken(AccessTokenId),
}

impl Caller {
    /// The session in which it is asked.
    #[must_use]
    pub fn session(&self) -> Option<SessionId> {
        match self.credential {
            Some(Credential::Session(id)) => Some(id),
            Some(Credential::AccessToken(_)) | None => None,
        }
    }
}

impl Cx {
    /// The present.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    /// The day it is, in UTC.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }

    /// The database, to read from.
    #[must_use]
    pub fn db(&self) -> &DatabaseConnection {
        &self.app.db
    }

    /// Refuses a program that acts for a person with an access token: what lasts longer than the token is for the person alone.
    ///
    /// # Errors
    /// [`Refused::Forbidden`].
    pub fn in_person(&self) -> Result<(), Refused> {
        match self.caller.credential {
            Some(Credential::AccessToken(_)) => Err(Refused::Forbidden),
            Some(Credential::Session(_)) | None => Ok(()),
        }
    }

    /// Slows down a client that asks too much.
    ///
    /// # Errors
    /// [`Refused::RateLimited`].
    pub fn slow_down(&self, cost: u32) -> Result<(), Refused> {
        match self.caller.client {
            Some(client) if !self.app.throttle.take(client, cost, self.now()) => Err(Refused::RateLimited),
            _ => Ok(()),
        }
    }

    /// Counts against a client what it did cost.
    pub fn charge(&self, cost: u32) {
        if let Some(client) = self.caller.client {
            self.app.throttle.charge(client, cost, self.now());
        }
    }

    /// The language in which to speak to who asks.
    #[must_use]
    pub fn spoken(&self) -> Locale {
        self.wanted.spoken()
    }

    /// What was decided of an action.
    #[must_use]
    pub fn may(&self, action: &Action<'_>) -> Decision {
        decide(&self.viewer, action)
    }

    /// Refuses what was decided against.
    ///
    /// # Errors
    /// [`Refused::Unauthenticated`] or [`Refused::Forbidden`].
    pub fn authorise(&self, action: &Action<'_>) -> Result<(), Refused> {
        self.may(action).or_refuse()
    }
}

/// The transaction of a use case. What it writes and what it leaves to be done later come together, or not at all.
#[derive(Debug)]
pub struct Writing {
    transaction: DatabaseTransaction,
    queue: Queue,
    live: Live,
    announced: Mutex<Vec<Change>>,
    /// The writer's place on the embedded database.
    _place: Option<OwnedSemaphorePermit>,
}

impl Cx {
    /// Begins to write.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn begin_write(&self) -> Result<Writing, DbErr> {
        self.app.begin_write().await
    }
}

impl App {
    /// Begins to write.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn begin_write(&self) -> Result<Writing, DbErr> {
        // SQLite has those who wait look again after pauses, so that in a rush some would never find it free.
        let place = if self.config.is_embedded() { Arc::clone(&self.writer).acquire_owned().await.ok() } else { None };
        let transaction = transaction::begin_write(&self.db).await?;
        Ok(Writing { transaction, queue: self.queue.clone(), live: self.live.clone(), announced: Mutex::default(), _place: place })
    }
}

impl Writing {
    /// Leaves a job to be done once all this is written.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn later<J: Job>(&self, job: &J) -> Result<(), DbErr> {
        self.queue.enqueue(&self.transaction, job).await?;
        Ok(())
    }

    /// Leaves many jobs of a kind, to be done in this order.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn all_later<J: Job>(&self, jobs: &[J]) -> Result<(), DbErr> {
        self.queue.enqueue_all(&self.transaction, jobs).await?;
        Ok(())
    }

    /// As [`Writing::later`], unless one with the same `key` waits and is not begun yet: that one will do.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn later_once<J: Job>(&self, key: &str, job: &J) -> Result<(), DbErr> {
        self.queue.enqueue_once(&self.transaction, key, job).await?;
        Ok(())
    }

    /// As [`Writing::later_once`], at a moment ahead; one that waits is done at the sooner of the two.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn later_once_at<J: Job>(&self, key: &str, job: &J, run_at: DateTime<Utc>) -> Result<(), DbErr> {
        self.queue.enqueue_once_at(&self.transaction, key, job, run_at).await?;
        Ok(())
    }

    /// Has it told to who watches, once all this is written.
    pub fn announce(&self, change: Change) {
        self.announced.lock().unwrap_or_else(PoisonError::into_inner).push(change);
    }

    /// Takes all of it back.
    ///
    /// # Errors
    /// Where the database fails; then nothing was written either.
    pub async fn undo(self) -> Result<(), DbErr> {
        self.transaction.rollback().await
    }

    /// Makes all of it lasting, and wakes those who do what is to be done.
    ///
    /// # Errors
    /// Where the database fails; then nothing was written.
    pub async fn commit(self) -> Result<(), DbErr> {
        let announced = self.announced.into_inner().unwrap_or_else(PoisonError::into_inner);
        live::tell(&self.transaction, &announced).await?;
        self.transaction.commit().await?;
        self.live.tell_here(&announced);
        self.queue.wake();
        Ok(())
    }
}

impl Deref for Writing {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}
