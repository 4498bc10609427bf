//! What posts tell of others, once those are called otherwise.

use entity::id::PostId;
use entity::post;

use crate::app::App;
use crate::kernel::Fault;
use crate::posts::store::{self, content, write};

/// Has search tell of others as they are called now, in these posts.
///
/// # Errors
/// Where the database fails.
pub async fn retell(app: &App, ids: Vec<PostId>) -> Result<(), Fault> {
    for id in ids {
        let writing = app.begin_write().await?;
        let Some(row) = store::locked_in_our_name(&writing, id).await? else { continue };
        let text = write::search_text(&*writing, &content::of(&*writing, &row).await?).await?;
        write::update(&*writing, &post::Model { search_text: text, ..row }).await?;
        writing.commit().await?;
    }
    Ok(())
}
