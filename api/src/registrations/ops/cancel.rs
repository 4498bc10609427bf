//! Cancelling a registration; who waits moves up then.

use entity::registration;
use entity::words::RegistrationStatus;

use super::find::{By, find};
use super::move_up::let_move_up;
use super::seats::count_out;
use crate::app::Cx;
use crate::events::store::seats;
use crate::kernel::{Fault, Refusal, Refused, Why};
use crate::registrations::jobs::{News, Tell};
use crate::registrations::rules::admission::is_standing;
use crate::registrations::store::{self, parts, write};

/// Cancels a registration. One that is cancelled stays so, and nobody is told again.
///
/// # Errors
/// What [`find()`] refuses; [`Why::WrongState`] once the person was let in, or was declined.
pub async fn cancel(cx: &Cx, by: By) -> Result<registration::Model, Fault> {
    let named = find(cx, by).await?;
    let writing = cx.begin_write().await?;
    let (row, mut pool) = store::locked(&writing, &named).await?.ok_or(Refused::NotFound)?;
    if row.status == RegistrationStatus::Cancelled {
        return Ok(row);
    }
    if !is_standing(row.status) || row.checked_in_at.is_some() {
        return Err(Refusal::of_state(Why::WrongState).into());
    }
    let event = parts::events(&*writing, vec![row.event_id]).await?.remove(&row.event_id).ok_or(Refused::NotFound)?;
    let cancelled = write::cancel(&writing, &row, cx.now()).await?;
    count_out(&mut pool, row.status, row.seats, event.pending_holds_seats);
    writing.later(&Tell::of(row.id, News::Cancelled)).await?;
    let_move_up(&cx.app, &writing, &event, &mut pool).await?;
    seats::write_counts(&writing, &pool).await?;
    writing.commit().await?;
    Ok(cancelled)
}
