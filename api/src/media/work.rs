//! What becomes of the jobs of media.

use super::jobs::Collect;
use super::ops;
use crate::app::App;
use crate::kernel::Fault;

/// Collects.
///
/// # Errors
/// Where the database or the disk fails.
pub async fn collect(app: App, _: Collect) -> Result<(), Fault> {
    ops::collect(&app).await
}
