//! What becomes of the jobs of posts.

use super::jobs::{Publish, TellReturned};
use super::{mail, ops};
use crate::app::App;
use crate::kernel::Fault;

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
