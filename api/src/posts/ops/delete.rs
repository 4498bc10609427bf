//! Deleting a post: only a draft.

use entity::id::PostId;

use super::standing::to_edit;
use crate::app::Cx;
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::kernel::publication::Stage;
use crate::kernel::{Fault, Refusal, Why};
use crate::posts::rules::stage;
use crate::posts::store::write;

/// Deletes a draft.
///
/// # Errors
/// What [`to_edit`] refuses; [`Why::WrongState`] for what is no draft.
pub async fn delete(cx: &Cx, id: PostId) -> Result<(), Fault> {
    let writing = cx.begin_write().await?;
    let standing = to_edit(cx, &writing, id).await?;
    if stage(standing.row.status) != Stage::Draft {
        return Err(Refusal::of_state(Why::WrongState).into());
    }
    write::delete(&*writing, id).await?;
    audit::ops::record(cx, &writing, Deed::PostDelete, Subject::Post(id), &standing.title, Changes::none()).await?;
    Ok(writing.commit().await?)
}
