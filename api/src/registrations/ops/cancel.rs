//! Cancelling a registration; who waits moves up then.

use entity::words::RegistrationStatus;

use super::announce::announce;
use super::decide::opened;
use super::find::{By, Hand, Named, find};
use super::move_up::let_move_up;
use super::note::note;
use super::seats::count_out;
use crate::app::Cx;
use crate::audit::rules::{Changes, Deed};
use crate::events::store::seats;
use crate::kernel::{Fault, Refusal, Why};
use crate::registrations::jobs::{News, Tell};
use crate::registrations::rules::admission::is_standing;
use crate::registrations::store::write;

/// Cancels a registration. One that is cancelled stays so, and nobody is told again.
///
/// # Errors
/// What [`find()`] refuses; [`Why::WrongState`] once the person was let in, or was declined.
pub async fn cancel(cx: &Cx, by: By) -> Result<Named, Fault> {
    let named = find(cx, by).await?;
    let (writing, row, event, mut pool) = opened(cx, &named.row).await?;
    if row.status == RegistrationStatus::Cancelled {
        return Ok(Named { row, ..named });
    }
    if !is_standing(row.status) || row.checked_in_at.is_some() {
        return Err(Refusal::of_state(Why::WrongState).into());
    }
    let cancelled = write::cancel(&writing, &row, cx.now()).await?;
    count_out(&mut pool, row.status, row.seats, event.pending_holds_seats);
    writing.later(&Tell::of(row.id, News::Cancelled)).await?;
    let_move_up(&cx.app, &writing, &event, &mut pool).await?;
    seats::write_counts(&writing, &pool).await?;
    if named.hand == Hand::Organiser {
        let changes = Changes::none().field("status", &row.status, &cancelled.status);
        note(cx, &writing, Deed::RegistrationCancel, (&row, &event), changes).await?;
    }
    announce(&writing, &cancelled);
    writing.commit().await?;
    Ok(Named { row: cancelled, ..named })
}
