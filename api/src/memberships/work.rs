//! What becomes of the jobs of memberships.

use super::jobs::{Forget, Tell};
use super::{mail, ops};
use crate::app::App;
use crate::kernel::Fault;

/// Tells who applied how it stands.
///
/// # Errors
/// Where the database or the mail server fails.
pub async fn tell(app: App, job: Tell) -> Result<(), jobs::Failed> {
    mail::tell(&app, job).await
}

/// Forgets.
///
/// # Errors
/// Where the database fails.
pub async fn forget(app: App, _: Forget) -> Result<(), Fault> {
    ops::forget(&app).await
}
