//! What search tells of organisations, once their topics are called otherwise.

use entity::id::OrganisationId;

use crate::app::App;
use crate::kernel::Fault;
use crate::organisations::store::{self, content, write};

/// Has search tell of topics as they are called now, in these organisations.
///
/// # Errors
/// Where the database fails.
pub async fn retell(app: &App, ids: Vec<OrganisationId>) -> Result<(), Fault> {
    for id in ids {
        let writing = app.begin_write().await?;
        let Some(row) = store::locked_in_our_name(&writing, id).await? else { continue };
        write::retell(&*writing, &row, &content::of(&*writing, &row).await?).await?;
        writing.commit().await?;
    }
    Ok(())
}
