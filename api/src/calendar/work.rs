//! How it is done.

use super::jobs::Fold;
use super::ops;
use crate::app::App;
use crate::kernel::Fault;

/// Adds up what single transactions counted.
///
/// # Errors
/// Where the database fails.
pub async fn fold(app: App, _: Fold) -> Result<(), Fault> {
    ops::fold(&app).await
}
