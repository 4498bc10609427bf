//! Forgetting what has ended.

use crate::app::App;
use crate::kernel::Fault;
use crate::people::rules::{GOOD_FOR, MAILS_WITHIN};
use crate::people::store::{credentials, sign_in};

/// Deletes requests to sign in, with their addresses, once they neither open nor count any more, and sessions that ended.
///
/// # Errors
/// Where the database fails.
pub async fn forget(app: &App) -> Result<(), Fault> {
    let (now, writing) = (app.clock.now(), app.begin_write().await?);
    let requests = sign_in::forget_before(&*writing, now - MAILS_WITHIN - GOOD_FOR).await?;
    let sessions = credentials::forget_sessions(&*writing, now).await?;
    writing.commit().await?;
    tracing::info!(requests, sessions, "forgot requests to sign in, and sessions that ended");
    Ok(())
}
