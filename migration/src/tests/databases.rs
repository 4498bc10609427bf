//! Empty databases to try the history on: SQLite in memory always, PostgreSQL where `TEST_POSTGRES_URL` says on which server.

use sea_orm_migration::sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

/// Runs a test on an empty database of each kind; on PostgreSQL it has this name, and is dropped when the test has passed.
pub async fn on_each<T>(name: &str, test: impl AsyncFn(DatabaseConnection) -> T) -> Vec<T> {
    let mut results = vec![test(Database::connect("sqlite::memory:").await.unwrap()).await];
    let Ok(url) = std::env::var("TEST_POSTGRES_URL") else {
        eprintln!("{name}: not tried on PostgreSQL, for TEST_POSTGRES_URL is not set");
        return results;
    };
    let server = Database::connect(&url).await.unwrap();
    let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    server.execute_unprepared(&drop).await.unwrap();
    server.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let (base, _) = url.rsplit_once('/').unwrap();
    results.push(test(Database::connect(format!("{base}/{name}")).await.unwrap()).await);
    server.execute_unprepared(&drop).await.unwrap();
    results
}

/// The first column of what a query finds.
pub async fn lines(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.into_iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// The names of all tables but the migrator's own.
pub async fn tables(db: &DatabaseConnection) -> Vec<String> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'seaql_migrations' ORDER BY name",
        _ => {
            "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'seaql_migrations' ORDER BY tablename::text COLLATE \"C\""
        }
    };
    lines(db, sql).await
}
