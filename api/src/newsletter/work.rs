//! What becomes of the jobs of newsletters.

use super::jobs::{AskToConfirm, Deliver, Forget, SendWhenDue, Tend, WriteRequest};
use super::{mail, ops};
use crate::app::App;
use crate::kernel::Fault;

/// Decides whether an address is asked to confirm.
///
/// # Errors
/// Where the database fails.
pub async fn ask_to_confirm(app: App, job: AskToConfirm) -> Result<(), Fault> {
    ops::ask(&app, job).await
}

/// Asks an address to confirm.
///
/// # Errors
/// Where the database or the mail server fails.
pub async fn write_request(app: App, job: WriteRequest) -> Result<(), jobs::Failed> {
    mail::write_request(&app, job).await
}

/// Delivers an issue.
///
/// # Errors
/// Where the database fails.
pub async fn deliver(app: App, job: Deliver) -> Result<(), jobs::Failed> {
    ops::deliver(&app, job).await
}

/// Sends an issue whose moment has come.
///
/// # Errors
/// Where the database fails.
pub async fn send_when_due(app: App, job: SendWhenDue) -> Result<(), Fault> {
    ops::issue::send_when_due(&app, job.issue).await
}

/// Forgets requests that nobody confirmed.
///
/// # Errors
/// Where the database fails.
pub async fn forget(app: App, _: Forget) -> Result<(), Fault> {
    ops::forget(&app).await
}

/// Goes on with issues that nobody works on.
///
/// # Errors
/// Where the database fails.
pub async fn tend(app: App, _: Tend) -> Result<(), Fault> {
    ops::tend(&app).await
}
