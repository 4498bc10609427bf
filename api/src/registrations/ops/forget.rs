//! Forgetting who registered for what is long over.

use chrono::TimeDelta;

use crate::app::App;
use crate::kernel::Fault;
use crate::registrations::store::{messages, receipts, retention};

/// How long a request with a key can be repeated.
const RECEIPTS: TimeDelta = TimeDelta::days(1);

/// Deletes what the settings say is kept no longer.
///
/// # Errors
/// Where the database fails.
pub async fn forget(app: &App) -> Result<(), Fault> {
    let now = app.clock.now();
    let days_ago = |days: u32| now - TimeDelta::days(i64::from(days));
    let answers = retention::forget_sensitive(&app.db, days_ago(app.config.sensitive_answer_days)).await?;
    let people = retention::anonymise(&app.db, days_ago(app.config.registration_days), now).await?;
    let receipts = receipts::forget_before(&app.db, now - RECEIPTS).await?;
    let messages = messages::forget_before(&app.db, days_ago(app.config.registration_days)).await?;
    tracing::info!(answers, people, receipts, messages, "forgot what registrations are kept no longer");
    Ok(())
}
