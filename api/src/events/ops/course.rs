//! What becomes of an event that its public knows of: cancelled, postponed, reinstated. Calendars and whoever is registered are told.

use entity::event;
use entity::id::EventId;

use super::publish::finish;
use super::standing::{self, to_edit};
use crate::app::Cx;
use crate::audit::rules::Deed;
use crate::events::jobs::What;
use crate::events::rules::course::{Turn, turn};
use crate::kernel::{Fault, Refusal, text};

/// Cancels an event. One that is cancelled stays so, and nobody is told again.
///
/// # Errors
/// What [`to_edit`] refuses; [`crate::kernel::Why::WrongState`] for what its public does not know.
pub async fn cancel(cx: &Cx, id: EventId, reason: Option<String>) -> Result<event::Model, Fault> {
    take(cx, id, reason, (Turn::Cancel, What::Cancelled, Deed::EventCancel)).await
}

/// Postpones an event to a time not yet known. Registrations stay.
///
/// # Errors
/// As [`cancel`].
pub async fn postpone(cx: &Cx, id: EventId, reason: Option<String>) -> Result<event::Model, Fault> {
    take(cx, id, reason, (Turn::Postpone, What::Postponed, Deed::EventPostpone)).await
}

/// Takes back a cancellation or postponement.
///
/// # Errors
/// As [`cancel`].
pub async fn reinstate(cx: &Cx, id: EventId) -> Result<event::Model, Fault> {
    take(cx, id, None, (Turn::Reinstate, What::Reinstated, Deed::EventReinstate)).await
}

async fn take(cx: &Cx, id: EventId, reason: Option<String>, (turned, what, deed): (Turn, What, Deed)) -> Result<event::Model, Fault> {
    let writing = cx.begin_write().await?;
    let standing = to_edit(cx, &writing, id).await?;
    let reason = reason.as_deref().map_or(Ok(None), |reason| text::lines(reason, text::SUMMARY));
    let reason = reason.map_err(|why| Refusal::at(&["reason"], why))?;
    let Some(status) = turn(standing.row.status, turned).map_err(Refusal::of_state)? else { return Ok(standing.row) };
    let row = event::Model {
        status,
        cancellation_reason: reason,
        sequence: standing.row.sequence + 1,
        revised_at: cx.now(),
        ..standing.row.clone()
    };
    standing::tell(cx, &writing, &row, what).await?;
    finish(cx, writing, deed, &standing, row).await
}
