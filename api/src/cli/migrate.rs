//! `miso migrate`: the steps by which the database came to be as it is.

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr};

use super::{Step, Stopped, open, say};
use crate::config::Config;
use crate::db;

/// Any number that nothing else in the database locks: "miso" in ASCII.
const LOCK: &str = "SELECT pg_advisory_xact_lock(1835627375)";

pub(super) async fn run(config: &Config, step: Step) -> Result<(), Stopped> {
    if let Step::Down { lose_data: false, .. } = step {
        return Err(Stopped::because("what was stored in what these steps made is lost: add --lose-data if you mean it"));
    }
    let connection = open::connect(config).await?;
    match step {
        Step::Up => up(&connection).await?,
        Step::Down { steps, .. } => down(&connection, steps).await.map_err(failed)?,
        Step::Status => {}
    }
    status(&connection).await.map_err(failed)
}

/// Takes the steps that were not taken yet: all of them or none, and one process at a time.
pub(super) async fn up(connection: &DatabaseConnection) -> Result<(), Stopped> {
    let transaction = begin_alone(connection).await.map_err(failed)?;
    Migrator::up(&transaction, None).await.map_err(failed)?;
    transaction.commit().await.map_err(failed)
}

async fn down(connection: &DatabaseConnection, steps: u32) -> Result<(), DbErr> {
    let transaction = begin_alone(connection).await?;
    Migrator::down(&transaction, Some(steps)).await?;
    transaction.commit().await
}

async fn status(connection: &DatabaseConnection) -> Result<(), DbErr> {
    for migration in Migrator::get_migration_with_status_read_only(connection).await? {
        say::line(format_args!("{:7}  {}", migration.status().to_string().to_lowercase(), migration.name()));
    }
    Ok(())
}

/// Begins a transaction that waits for those of other processes: on SQLite it is the only writer, on PostgreSQL it holds a lock.
async fn begin_alone(connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let transaction = db::transaction::begin_write(connection).await?;
    if transaction.get_database_backend() == DbBackend::Postgres {
        transaction.execute_unprepared(LOCK).await?;
    }
    Ok(transaction)
}

fn failed(error: DbErr) -> Stopped {
    Stopped::because(format_args!("migrations: {error}"))
}
