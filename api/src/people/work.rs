//! What becomes of the jobs of people.

use super::jobs::{Forget, MailSignIn};
use super::{mail, ops};
use crate::app::App;
use crate::kernel::Fault;

/// Mails an address what it signs in with.
///
/// # Errors
/// Where the database or the mail server fails.
pub async fn mail_sign_in(app: App, job: MailSignIn) -> Result<(), jobs::Failed> {
    match ops::prepare(&app, job.sign_in).await? {
        Some(prepared) => mail::send(&app, &prepared).await,
        None => Ok(()),
    }
}

/// Forgets what has ended.
///
/// # Errors
/// Where the database fails.
pub async fn forget(app: App, _: Forget) -> Result<(), Fault> {
    ops::forget(&app).await
}
