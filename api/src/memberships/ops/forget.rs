//! Forgetting what was written by who applied.

use crate::app::App;
use crate::kernel::Fault;
use crate::memberships::rules::{KEPT, WAITS};
use crate::memberships::store;

/// Declines what nobody decided for a year, and deletes what was written a month after it was decided.
///
/// # Errors
/// Where the database fails.
pub async fn forget(app: &App) -> Result<(), Fault> {
    let (now, writing) = (app.clock.now(), app.begin_write().await?);
    let expired = store::decline_old(&*writing, now - WAITS, now).await?;
    let forgotten = store::forget_decided(&*writing, now - KEPT).await?;
    writing.commit().await?;
    tracing::info!(expired, forgotten, "declined applications that nobody decided, and forgot who applied");
    Ok(())
}
