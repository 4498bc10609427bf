//! One connection pool, to SQLite or PostgreSQL as the address says.

use std::path::Path;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr};

/// Connects to the database at `url` (`sqlite://…` or `postgres://…`). An SQLite file is made where there is none.
///
/// # Errors
/// Where the address is no database's, or nothing answers there.
pub async fn connect(url: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).acquire_timeout(Duration::from_secs(10)).sqlx_logging(false);
    // A server may have gone away between two requests; a file does not.
    options.test_before_acquire(sqlite_file(url).is_none());
    if let Some(file) = sqlite_file(url) {
        if let Some(folder) = Path::new(file).parent() {
            std::fs::create_dir_all(folder).map_err(|error| DbErr::Custom(format!("{}: {error}", folder.display())))?;
        }
        // WAL lets readers go on while one writes; FULL means that what was answered survives the power going.
        options.map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(Duration::from_secs(5))
                .foreign_keys(true)
        });
    }
    let mut patience = PATIENCE;
    loop {
        match Database::connect(options.clone()).await {
            Err(error) if is_busy(&error) && !patience.is_zero() => {
                patience = patience.saturating_sub(PAUSE);
                tokio::time::sleep(PAUSE).await;
            }
            outcome => return outcome,
        }
    }
}

/// How long to wait for a file that others open for the first time at the same moment.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(50);

/// Whether SQLite refused as another process turns the new file to WAL: for that it does not wait by itself.
fn is_busy(error: &DbErr) -> bool {
    error.to_string().contains("database is locked")
}

/// The file of an SQLite address; none for one in memory, or for another database.
fn sqlite_file(url: &str) -> Option<&str> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    let path = path.split('?').next().unwrap_or(path);
    (!path.is_empty() && path != ":memory:").then_some(path)
}
