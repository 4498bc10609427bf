//! What events tell of others, once those are called otherwise.

use entity::event;
use entity::id::EventId;

use crate::app::App;
use crate::events::store::{content, dates, write};
use crate::kernel::Fault;

/// What in an event tells of somebody or something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Where it is: calendars count that.
    Place,
    /// Who holds it, or to what it belongs.
    Name,
}

/// Has search and calendars tell of others as they are now, in these events.
///
/// # Errors
/// Where the database fails.
pub async fn retell(app: &App, ids: Vec<EventId>, told: Told) -> Result<(), Fault> {
    for id in ids {
        let writing = app.begin_write().await?;
        let Some(row) = dates::locked_in_our_name(&*writing, id).await? else { continue };
        let text = write::search_text(&*writing, &content::of(&*writing, &row).await?).await?;
        let sequence = row.sequence + i32::from(told == Told::Place);
        let row = event::Model { search_text: text, sequence, revised_at: app.clock.now(), ..row };
        write::update(&*writing, &row).await?;
        writing.commit().await?;
    }
    Ok(())
}
