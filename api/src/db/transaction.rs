//! Transactions that write.

use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};

/// Begins a transaction that will write. On SQLite it takes the writer's place at once: one that reads first and writes
/// later would be refused when another wrote in between.
///
/// It begins in a task of its own, which goes on where the caller is given up meanwhile, e.g. as a client went away: a driver whose
/// BEGIN is cut off keeps the connection, within a transaction that nobody knows of, and whatever is written over it next by itself is
/// lost. Begun to the end, it is dropped, and so undone.
///
/// # Errors
/// Where the database does not answer.
pub async fn begin_write(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let db = db.clone();
    let options = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
    let beginning = tokio::spawn(async move { db.begin_with_options(options).await });
    beginning.await.unwrap_or_else(|stopped| Err(DbErr::Custom(stopped.to_string())))
}

/// Begins a transaction that writes while no other of the same `purpose` does, in any process.
///
/// # Errors
/// Where the database does not answer.
pub async fn begin_alone(db: &DatabaseConnection, purpose: Purpose) -> Result<DatabaseTransaction, DbErr> {
    let tx = begin_write(db).await?;
    // On SQLite who writes is alone anyhow.
    if tx.get_database_backend() == DatabaseBackend::Postgres {
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({})", purpose as i64)).await?;
    }
    Ok(tx)
}

/// What is done by one process at a time. The numbers name the locks, and differ from that of migrating.
#[derive(Clone, Copy, Debug)]
pub enum Purpose {
    /// Filling in the starter data.
    Seed = 1_835_627_376,
}
