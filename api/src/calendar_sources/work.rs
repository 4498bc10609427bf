//! What becomes of the jobs of calendars that are kept elsewhere.

use super::jobs::{Fetch, Tend};
use super::ops;
use crate::app::App;
use crate::kernel::Fault;

/// Has those calendars fetched that are due.
///
/// # Errors
/// Where the database fails.
pub async fn tend(app: App, _: Tend) -> Result<(), Fault> {
    ops::tend(&app).await
}

/// Fetches a calendar and takes it over.
///
/// # Errors
/// Where the database fails.
pub async fn fetch(app: App, job: Fetch) -> Result<(), Fault> {
    ops::fetch(&app, job.organisation).await
}
