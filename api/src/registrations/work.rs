//! What becomes of the jobs of registrations.

use super::jobs::Forget;
use super::ops;
use crate::app::App;
use crate::kernel::Fault;

/// Forgets what is kept no longer.
///
/// # Errors
/// Where the database fails.
pub async fn forget(app: App, _: Forget) -> Result<(), Fault> {
    ops::forget(&app).await
}
