//! What becomes of the jobs of the review desk.

use super::jobs::Remind;
use super::mail;
use crate::app::App;

/// Writes to the office what waits for it.
///
/// # Errors
/// Where the database or the mail server fails.
pub async fn remind(app: App, _: Remind) -> Result<(), jobs::Failed> {
    mail::remind(&app).await
}
