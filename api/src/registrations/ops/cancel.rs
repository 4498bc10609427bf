//! Cancelling a registration, and who moves up then.

use entity::id::RegistrationId;
use entity::words::{RegistrationMode, RegistrationStatus};
use entity::{event, registration, seat_pool};

use super::find::{By, find};
use super::seats::{count_in, count_out};
use crate::app::{Cx, Writing};
use crate::events::offer::Offer;
use crate::events::store::{occurrences, seats};
use crate::kernel::{Fault, Refusal, Refused, Why};
use crate::registrations::jobs::{News, Tell};
use crate::registrations::rules::admission::is_standing;
use crate::registrations::rules::line::moving_up;
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
    writing.later(&Tell { registration: row.id, news: News::Cancelled }).await?;
    let_move_up(cx, &writing, &event, &row, &mut pool).await?;
    seats::write_counts(&writing, &pool).await?;
    writing.commit().await?;
    Ok(cancelled)
}

/// Gives seats that came free to the first in line who fit, and tells them; not once it has begun.
async fn let_move_up(
    cx: &Cx,
    writing: &Writing,
    event: &event::Model,
    freed: &registration::Model,
    pool: &mut seat_pool::Model,
) -> Result<(), Fault> {
    let Some(offer) = offer(writing, event, freed).await? else { return Ok(()) };
    if !offer.policy.takes_place || cx.now() >= offer.starts_at || pool.waiting == 0 {
        return Ok(());
    }
    let line = write::line(writing, pool.id).await?;
    let left = offer.policy.capacity.map(|capacity| capacity.saturating_sub(u32::try_from(pool.taken).unwrap_or(0)));
    let moving = moving_up(left, &line);
    let status =
        if event.registration_mode == RegistrationMode::Approval { RegistrationStatus::Pending } else { RegistrationStatus::Confirmed };
    write::move_up(writing, &moving, status, cx.now()).await?;
    for waiting in line.iter().filter(|waiting| moving.contains(&waiting.id)) {
        let seats = i32::try_from(waiting.seats).unwrap_or(0);
        count_out(pool, RegistrationStatus::Waitlisted, seats, event.pending_holds_seats);
        count_in(pool, status, seats, event.pending_holds_seats);
        tell(writing, waiting.id).await?;
    }
    Ok(())
}

async fn tell(writing: &Writing, registration: RegistrationId) -> Result<(), Fault> {
    Ok(writing.later(&Tell { registration, news: News::MovedUp }).await?)
}

async fn offer(writing: &Writing, event: &event::Model, of: &registration::Model) -> Result<Option<Offer>, Fault> {
    match of.occurrence_id {
        Some(id) => Ok(parts::dates(&**writing, vec![id]).await?.remove(&id).and_then(|date| Offer::of_date(event, &date))),
        None => {
            let span = occurrences::spans(&**writing, vec![event.id]).await?.remove(&event.id);
            Ok(Offer::of_event(event, span))
        }
    }
}
