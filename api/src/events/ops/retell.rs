//! What events tell of the place where they are, once that is called otherwise.

use entity::event;
use entity::id::VenueId;

use crate::app::App;
use crate::events::store::{content, dates, write};
use crate::kernel::Fault;

/// Has search and calendars tell of a venue as it is now, in every event that has a date there.
///
/// # Errors
/// Where the database fails.
pub async fn retell(app: &App, venue: VenueId) -> Result<(), Fault> {
    for id in dates::at_venue(&app.db, venue).await? {
        let writing = app.begin_write().await?;
        let Some(row) = dates::locked_in_our_name(&*writing, id).await? else { continue };
        let text = write::search_text(&*writing, &content::of(&*writing, &row).await?).await?;
        let row = event::Model { search_text: text, sequence: row.sequence + 1, revised_at: app.clock.now(), ..row };
        write::update(&*writing, &row).await?;
        writing.commit().await?;
    }
    Ok(())
}
