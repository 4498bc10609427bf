//! Forgetting invitations.

use crate::app::App;
use crate::invitations::rules::REMEMBERED;
use crate::invitations::store;
use crate::kernel::Fault;

/// Deletes invitations, with their addresses, 30 days after they were accepted or were over.
///
/// # Errors
/// Where the database fails.
pub async fn forget(app: &App) -> Result<(), Fault> {
    let (now, writing) = (app.clock.now(), app.begin_write().await?);
    let invitations = store::forget_before(&*writing, now - REMEMBERED).await?;
    writing.commit().await?;
    tracing::info!(invitations, "forgot invitations that were accepted, or are over");
    Ok(())
}
