//! What becomes of the jobs of tags.

use super::ops;
use crate::app::App;
use crate::kernel::Fault;
use crate::tags::jobs::Renamed;

/// Has search and calendars tell of a tag as it is called now.
///
/// # Errors
/// Where the database fails.
pub async fn tell_of_tag(app: App, job: Renamed) -> Result<(), Fault> {
    ops::retell_tag(&app, job.tag).await
}
