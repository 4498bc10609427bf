//! What becomes of the jobs of posts.

use super::jobs::{Publish, TellReturned};
use super::store::telling;
use super::{mail, ops};
use crate::app::App;
use crate::events::ops::Told;
use crate::kernel::Fault;
use crate::{events, organisations, programmes};

/// Publishes a post whose moment has come.
///
/// # Errors
/// Where the database fails.
pub async fn publish(app: App, job: Publish) -> Result<(), Fault> {
    ops::publish_when_due(&app, job.post).await
}

/// Tells editors what the office returned.
///
/// # Errors
/// Where the database or the mail server fails.
pub async fn tell_returned(app: App, job: TellReturned) -> Result<(), jobs::Failed> {
    mail::tell_returned(&app, job).await
}

/// Has events and posts tell of an organisation as it is called now.
///
/// # Errors
/// Where the database fails.
pub async fn tell_of_organisation(app: App, job: organisations::jobs::Renamed) -> Result<(), Fault> {
    let of = job.organisation;
    events::ops::retell(&app, events::store::telling::of_organisation(&app.db, of).await?, Told::Name).await?;
    ops::retell(&app, telling::of_organisation(&app.db, of).await?).await
}

/// Has events and posts tell of a programme as it is called now.
///
/// # Errors
/// Where the database fails.
pub async fn tell_of_programme(app: App, job: programmes::jobs::Renamed) -> Result<(), Fault> {
    let of = job.programme;
    events::ops::retell(&app, events::store::telling::of_programme(&app.db, of).await?, Told::Name).await?;
    ops::retell(&app, telling::of_programme(&app.db, of).await?).await
}
