//! Forgetting requests that nobody confirmed.

use chrono::TimeDelta;

use crate::app::App;
use crate::kernel::Fault;
use crate::newsletter::rules::DAYS_TO_CONFIRM;
use crate::newsletter::store::forgetting;

/// Deletes what was not confirmed in time.
///
/// # Errors
/// Where the database fails.
pub async fn forget(app: &App) -> Result<(), Fault> {
    let writing = app.begin_write().await?;
    let requests = forgetting::unconfirmed(&*writing, app.clock.now() - TimeDelta::days(DAYS_TO_CONFIRM)).await?;
    writing.commit().await?;
    tracing::info!(requests, "forgot requests for newsletters that nobody confirmed");
    Ok(())
}
