//! Notes from one process to all that listen, through PostgreSQL.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

/// Leaves notes to be told on a channel as soon as the transaction is committed. Nothing on another database, which has one process.
///
/// # Errors
/// Where the database fails; a note has 8,000 bytes at the most.
pub async fn notify(tx: &impl ConnectionTrait, channel: &str, notes: Vec<String>) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        for note in notes {
            let values = [channel.into(), note.into()];
            tx.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, "SELECT pg_notify($1, $2)", values)).await?;
        }
    }
    Ok(())
}
