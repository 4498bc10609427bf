//! Starter data: the network as it was on 18 May 2022 from public sources, and samples that are plainly marked as such, ahead
//! of the day of the first seeding. What the files are and how they are read is told in `data/README.md`.
//!
//! Everything is named by its slug. What has a slug, or had it before, is never touched, nor is anything that belongs to it;
//! so seeding again, on whatever day, changes nothing. All is written in one transaction, or nothing.

mod dates;
mod event_dates;
mod events;
mod files;
mod known;
mod network;
mod newsletters;
mod organisations;
mod parse;
mod posts;
mod programmes;
mod report;
mod sample_events;
mod sample_file;
mod samples;
mod venues;

#[cfg(test)]
mod tests;

use sea_orm::DatabaseTransaction;

use self::files::Files;
use self::known::Known;
pub use self::report::Report;
use self::sample_file::Samples;
use crate::app::App;
use crate::db::transaction::{Purpose, begin_alone};

/// Why the starter data could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A file that cannot be read as what it is.
    #[error("data/{file}: {error}")]
    File {
        /// Its name.
        file: &'static str,
        /// What is wrong with it.
        error: String,
    },
    /// An entry that makes no sense, or names what is not there.
    #[error("data/{file}, {slug}: {problem}")]
    Entry {
        /// Name of the file.
        file: &'static str,
        /// Slug of the entry.
        slug: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] sea_orm::DbErr),
}

/// What seeding works with: the transaction, what is there already, and what was done.
struct Seeding<'a> {
    tx: &'a DatabaseTransaction,
    app: &'a App,
    files: &'a Files,
    samples: &'a Samples,
    known: Known,
    report: Report,
}

/// Adds what is missing of the starter data, and says what was added.
///
/// # Errors
/// Where the database fails, or the data make no sense; then nothing is written.
pub async fn run(app: &App) -> Result<Report, SeedError> {
    let (files, samples) = (Files::read()?, Samples::read()?);
    let tx = begin_alone(&app.db, Purpose::Seed).await?;
    let known = Known::read(&tx).await?;
    let mut seeding = Seeding { tx: &tx, app, files: &files, samples: &samples, known, report: Report::default() };
    organisations::tags(&mut seeding).await?;
    organisations::all(&mut seeding).await?;
    samples::organisations(&mut seeding).await?;
    network::row(&mut seeding).await?;
    venues::all(&mut seeding).await?;
    samples::venues(&mut seeding).await?;
    programmes::all(&mut seeding).await?;
    events::all(&mut seeding).await?;
    sample_events::all(&mut seeding).await?;
    posts::all(&mut seeding).await?;
    newsletters::all(&mut seeding).await?;
    let report = seeding.report;
    tx.commit().await?;
    Ok(report)
}
