//! Throw-away databases: a file of SQLite, or a database on the PostgreSQL server that `TEST_POSTGRES_URL` names.
//!
//! Which of the two says `TEST_DATABASE` (`sqlite` where it says nothing). Tables and starter data are entered once into a
//! template, whichever test comes first, and copied into every world: tests may run in any number of processes.

mod dump;
mod postgres;
mod sqlite;
mod statements;
mod template;

use sea_orm::DatabaseConnection;

pub use dump::dump;
pub use statements::Statements;

/// With what a world begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    /// Nothing, not even tables.
    Nothing,
    /// The tables of today.
    Tables,
    /// The tables, and the starter data.
    StarterData,
}

/// A database that is gone when it is dropped.
#[derive(Debug)]
pub enum Database {
    /// A file.
    Sqlite(sqlite::File),
    /// A database on a server.
    Postgres(postgres::OnServer),
}

impl Database {
    /// A fresh one.
    pub async fn new(contents: Contents) -> Self {
        if is_postgres() { Self::Postgres(postgres::fresh(contents).await) } else { Self::Sqlite(sqlite::fresh(contents).await) }
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> &str {
        match self {
            Self::Sqlite(file) => &file.url,
            Self::Postgres(database) => &database.url,
        }
    }

    /// A pool of connections, as the server itself opens it.
    pub async fn connect(&self) -> DatabaseConnection {
        miso::db::connect(self.url(), 5).await.unwrap()
    }
}

/// Whether the tests are to run with PostgreSQL.
///
/// # Panics
/// Where `TEST_DATABASE` names neither of the two.
#[must_use]
pub fn is_postgres() -> bool {
    match std::env::var("TEST_DATABASE").as_deref() {
        Err(_) | Ok("" | "sqlite") => false,
        Ok("postgres") => true,
        Ok(other) => panic!("TEST_DATABASE is sqlite or postgres, not {other}"),
    }
}
