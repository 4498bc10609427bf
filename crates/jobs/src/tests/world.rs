//! Throw-away databases, a clock that is moved by hand, and jobs that note that they ran.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use migration::{Migrator, MigratorTrait};
use sea_orm::sqlx::sqlite::SqliteJournalMode;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use serde::{Deserialize, Serialize};
use uuid::{NoContext, Timestamp, Uuid};

use crate::{Drained, Failed, Job, Queue, Retry, Settings, Works, drain};

/// A database with its tables, and a clock.
pub struct World {
    pub url: String,
    pub db: DatabaseConnection,
    pub queue: Queue,
    pub clock: Clock,
}

/// Runs a test in a world of each database: SQLite, and PostgreSQL where `TEST_POSTGRES_URL` says on which server; or only in
/// that which `TEST_DATABASE` names.
pub async fn in_each(name: &str, test: impl AsyncFn(&World)) {
    let wanted = std::env::var("TEST_DATABASE").unwrap_or_default();
    if wanted != "postgres" {
        let file = file(name);
        remove(&file);
        test(&World::new(format!("sqlite://{}?mode=rwc", file.display())).await).await;
        remove(&file);
    }
    let server = std::env::var("TEST_POSTGRES_URL");
    if wanted == "sqlite" || (wanted.is_empty() && server.is_err()) {
        return;
    }
    let server_url = server.expect("TEST_POSTGRES_URL says where PostgreSQL is");
    let server = Database::connect(&server_url).await.unwrap();
    let drop = format!("DROP DATABASE IF EXISTS jobs_{name} WITH (FORCE)");
    server.execute_unprepared(&drop).await.unwrap();
    server.execute_unprepared(&format!("CREATE DATABASE jobs_{name}")).await.unwrap();
    let (base, _) = server_url.rsplit_once('/').unwrap();
    test(&World::new(format!("{base}/jobs_{name}")).await).await;
    server.execute_unprepared(&drop).await.unwrap();
}

impl World {
    async fn new(url: String) -> Self {
        let db = connect(&url).await;
        Migrator::up(&db, None).await.unwrap();
        let clock = Clock::default();
        Self { url, db, queue: clock.queue(), clock }
    }

    /// A pool and a queue as another process has them.
    pub async fn process(&self) -> (DatabaseConnection, Queue) {
        (connect(&self.url).await, self.clock.queue())
    }

    /// Does all that is due.
    pub async fn drain(&self, works: &Works<Notes>, notes: &Notes) -> Drained {
        drain(&self.db, &self.queue, works, notes).await.unwrap()
    }

    /// Settings of a worker that finds by itself only what it is told of, or what is due at a known time.
    pub fn settings(&self) -> Settings {
        Settings { poll: Duration::from_secs(60), ..Settings::default() }
    }
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(6).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|sqlite| sqlite.journal_mode(SqliteJournalMode::Wal).busy_timeout(Duration::from_secs(5)));
    Database::connect(options).await.unwrap()
}

/// Beside what the compiler makes.
fn file(name: &str) -> PathBuf {
    let program = std::env::current_exe().unwrap();
    let folder = program.ancestors().nth(3).unwrap().join("tmp").join("jobs-tests");
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(format!("{name}.db"))
}

fn remove(file: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let mut file = file.as_os_str().to_owned();
        file.push(ending);
        // It may not be there.
        let _ = std::fs::remove_file(file);
    }
}

/// A clock that goes on by itself only where it is told to, and is moved by hand.
#[derive(Clone)]
pub struct Clock {
    started: Instant,
    is_running: Arc<AtomicBool>,
    moved: Arc<AtomicI64>,
}

impl Default for Clock {
    fn default() -> Self {
        Self { started: Instant::now(), is_running: Arc::default(), moved: Arc::default() }
    }
}

impl Clock {
    /// Lets it go on by itself.
    pub fn start(&self) {
        self.is_running.store(true, Ordering::SeqCst);
    }

    /// Moves it ahead.
    pub fn move_by(&self, by: Duration) {
        self.moved.fetch_add(i64::try_from(by.as_micros()).unwrap(), Ordering::SeqCst);
    }

    pub fn now(&self) -> DateTime<Utc> {
        let begin = DateTime::from_timestamp(1_767_600_000, 0).unwrap() + TimeDelta::microseconds(self.moved.load(Ordering::SeqCst));
        if self.is_running.load(Ordering::SeqCst) { begin + self.started.elapsed() } else { begin }
    }

    fn queue(&self) -> Queue {
        let (clock, clock_of_ids) = (self.clone(), self.clone());
        let new_id = move || {
            let now = clock_of_ids.now();
            Uuid::new_v7(Timestamp::from_unix(NoContext, now.timestamp().unsigned_abs(), now.timestamp_subsec_nanos()))
        };
        Queue::new(move || clock.now(), new_id)
    }
}

/// What ran.
#[derive(Clone, Default)]
pub struct Notes(Arc<Mutex<Vec<u32>>>);

impl Notes {
    pub fn add(&self, number: u32) {
        self.0.lock().unwrap().push(number);
    }

    pub fn all(&self) -> Vec<u32> {
        self.0.lock().unwrap().clone()
    }

    pub fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

/// Is noted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Note(pub u32);

impl Job for Note {
    const KIND: &'static str = "tests.note";
}

/// Fails, three times at most.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Trouble(pub u32);

impl Job for Trouble {
    const KIND: &'static str = "tests.trouble";
    const RETRY: Retry = Retry { attempts: 3, first: Duration::from_secs(100), factor: 2, longest: Duration::from_secs(1_000) };
}

/// Who notes notes.
pub fn noting() -> Works<Notes> {
    Works::new().handle(async |notes: Notes, note: Note| {
        notes.add(note.0);
        Ok::<_, Failed>(())
    })
}

/// Waits until something is so, for long enough on any machine.
pub async fn until(is_so: impl AsyncFn() -> bool) {
    let started = Instant::now();
    while !is_so().await {
        assert!(started.elapsed() < Duration::from_secs(20), "it never came to be so");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
