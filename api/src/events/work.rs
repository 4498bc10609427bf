//! What becomes of the jobs of events. What is to be told to whoever is registered is a matter of registrations.

use super::jobs::{Extend, ForgetTombstones, Publish, TellReturned};
use super::ops::Told;
use super::store::telling;
use super::{mail, ops};
use crate::app::App;
use crate::kernel::Fault;
use crate::venues::jobs::Changed;

/// Publishes an event whose moment has come.
///
/// # Errors
/// Where the database fails.
pub async fn publish(app: App, job: Publish) -> Result<(), Fault> {
    ops::publish_when_due(&app, job.event).await
}

/// Tells editors what the office returned.
///
/// # Errors
/// Where the database or the mail server fails.
pub async fn tell_returned(app: App, job: TellReturned) -> Result<(), jobs::Failed> {
    mail::tell_returned(&app, job).await
}

/// Follows rules without an end.
///
/// # Errors
/// Where the database fails.
pub async fn extend(app: App, _: Extend) -> Result<(), Fault> {
    ops::extend(&app).await
}

/// Forgets what calendars need no more.
///
/// # Errors
/// Where the database fails.
pub async fn forget_tombstones(app: App, _: ForgetTombstones) -> Result<(), Fault> {
    ops::forget_tombstones(&app).await
}

/// Has search and calendars tell of a venue as it is now.
///
/// # Errors
/// Where the database fails.
pub async fn retell(app: App, job: Changed) -> Result<(), Fault> {
    ops::retell(&app, telling::of_venue(&app.db, job.venue).await?, if job.is_elsewhere { Told::Place } else { Told::Name }).await
}
