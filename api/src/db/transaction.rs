//! Transactions that write.

use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};

/// Begins a transaction that will write. On SQLite it takes the writer's place at once: one that reads first and writes
/// later would be refused when another wrote in between.
///
/// # Errors
/// Where the database does not answer.
pub async fn begin_write(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    db.begin_with_options(TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() })
        .await
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
