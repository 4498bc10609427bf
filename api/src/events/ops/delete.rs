//! Deleting an event: only a draft that nobody registered for.

use entity::id::EventId;

use super::standing::to_edit;
use crate::app::Cx;
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::events::rules::course::stage;
use crate::events::store::{dates, write};
use crate::kernel::publication::Stage;
use crate::kernel::{Fault, Refusal, Why};

/// Deletes a draft.
///
/// # Errors
/// What [`to_edit`] refuses; [`Why::WrongState`] for what is no draft, or was registered for.
pub async fn delete(cx: &Cx, id: EventId) -> Result<(), Fault> {
    let writing = cx.begin_write().await?;
    let standing = to_edit(cx, &writing, id).await?;
    let (of_dates, of_whole) = dates::registered_for(&*writing, id).await?;
    if stage(standing.row.status) != Stage::Draft || of_whole || !of_dates.is_empty() {
        return Err(Refusal::of_state(Why::WrongState).into());
    }
    write::delete(&*writing, id).await?;
    audit::ops::record(cx, &writing, Deed::EventDelete, Subject::Event(id), &standing.title, Changes::none()).await?;
    Ok(writing.commit().await?)
}
