//! What becomes of the jobs of invitations.

use super::jobs::{Forget, MailInvitation};
use super::{mail, ops};
use crate::app::App;
use crate::kernel::Fault;

/// Mails an invitation.
///
/// # Errors
/// Where the database or the mail server fails.
pub async fn mail(app: App, job: MailInvitation) -> Result<(), jobs::Failed> {
    match ops::prepare(&app, job.invitation).await? {
        Some(prepared) => mail::send(&app, &prepared).await,
        None => Ok(()),
    }
}

/// Forgets those that are over.
///
/// # Errors
/// Where the database fails.
pub async fn forget(app: App, _: Forget) -> Result<(), Fault> {
    ops::forget(&app).await
}
