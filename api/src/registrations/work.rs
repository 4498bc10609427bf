//! What becomes of the jobs of registrations.

use super::jobs::{Forget, Tell};
use super::{mail, ops};
use crate::app::App;
use crate::events::jobs::{Happened, Reoffered};
use crate::kernel::Fault;

/// Tells a person how they stand.
///
/// # Errors
/// Where the database or the mail server fails.
pub async fn tell(app: App, job: Tell) -> Result<(), jobs::Failed> {
    mail::tell(&app, job).await
}

/// Forgets what is kept no longer.
///
/// # Errors
/// Where the database fails.
pub async fn forget(app: App, _: Forget) -> Result<(), Fault> {
    ops::forget(&app).await
}

/// Tells those who are registered what happened to their event.
///
/// # Errors
/// Where the database fails.
pub async fn spread(app: App, happened: Happened) -> Result<(), Fault> {
    ops::spread(&app, happened).await
}

/// Lets those move up who wait where there are more seats.
///
/// # Errors
/// Where the database fails.
pub async fn let_move_up(app: App, job: Reoffered) -> Result<(), Fault> {
    ops::let_all_move_up(&app, job.event).await
}
