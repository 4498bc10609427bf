//! What is done to calendars by themselves.

use super::store::changes;
use crate::app::App;
use crate::kernel::Fault;

/// Adds up what single transactions counted, so that looking stays as quick as it is.
///
/// # Errors
/// Where the database fails.
pub async fn fold(app: &App) -> Result<(), Fault> {
    let writing = app.begin_write().await?;
    changes::fold(&writing).await?;
    Ok(writing.commit().await?)
}
