//! What becomes of the job that reads the mailbox.

use super::jobs::Collect;
use super::ops;
use crate::app::App;
use crate::kernel::Fault;

/// Reads what came to the mailbox.
///
/// # Errors
/// Where the mailbox or the database fails.
pub async fn collect(app: App, _: Collect) -> Result<(), Fault> {
    ops::collect(&app).await
}
