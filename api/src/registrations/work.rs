//! What becomes of the jobs of registrations.

use super::jobs::{Deliver, Forget, RemindAhead, Spread, Tell};
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

/// Leaves a reminder to be written to those who come tomorrow.
///
/// # Errors
/// Where the database fails.
pub async fn remind_ahead(app: App, _: RemindAhead) -> Result<(), Fault> {
    ops::remind_ahead(&app).await
}

/// Leaves what organisers wrote to be sent to everybody whom it is for.
///
/// # Errors
/// Where the database fails.
pub async fn spread_message(app: App, job: Spread) -> Result<(), Fault> {
    ops::spread_message(&app, job.message).await
}

/// Sends a person what organisers wrote.
///
/// # Errors
/// Where the database or the mail server fails.
pub async fn deliver_message(app: App, job: Deliver) -> Result<(), jobs::Failed> {
    mail::deliver(&app, job).await
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
