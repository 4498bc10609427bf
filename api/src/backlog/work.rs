//! What becomes of the jobs of the backlog.

use chrono::TimeDelta;

use super::jobs::Forget;
use crate::app::App;
use crate::kernel::Fault;

/// How long a dead letter is kept.
const KEPT: TimeDelta = TimeDelta::days(90);

/// Forgets what was given up long ago.
///
/// # Errors
/// Where the database fails.
pub async fn forget(app: App, _: Forget) -> Result<(), Fault> {
    let forgotten = app.queue.discard_before(&app.db, app.clock.now() - KEPT).await?;
    tracing::info!(forgotten, "forgot dead letters");
    Ok(())
}
