//! Who moves up when seats come free, or become more.

use entity::id::EventId;
use entity::words::{RegistrationMode, RegistrationStatus};
use entity::{event, seat_pool};

use super::seats::{count_in, count_out};
use crate::app::{App, Writing};
use crate::events::offer::Offer;
use crate::events::store::{occurrences, seats};
use crate::kernel::Fault;
use crate::live::Change;
use crate::registrations::jobs::{News, Tell};
use crate::registrations::rules::line::{Waiting, moving_up};
use crate::registrations::store::line::{self, InLine};
use crate::registrations::store::parts;

/// Lets those move up who wait for seats of an event, wherever there are enough now.
///
/// # Errors
/// Where the database fails.
pub async fn let_all_move_up(app: &App, id: EventId) -> Result<(), Fault> {
    for pool in seats::waited_for(&app.db, id).await? {
        let writing = app.begin_write().await?;
        let mut pool = seats::lock(&writing, pool.id, id, pool.occurrence_id).await?;
        let Some(event) = parts::events(&*writing, vec![id]).await?.remove(&id) else { return Ok(()) };
        let_move_up(app, &writing, &event, &mut pool).await?;
        seats::write_counts(&writing, &pool).await?;
        writing.commit().await?;
    }
    Ok(())
}

/// Gives seats that came free to the first in line who fit, and tells them; not once it has begun.
pub(super) async fn let_move_up(app: &App, writing: &Writing, event: &event::Model, pool: &mut seat_pool::Model) -> Result<(), Fault> {
    let Some(offer) = offer(writing, event, pool).await? else { return Ok(()) };
    if !offer.policy.takes_place || app.clock.now() >= offer.starts_at || pool.waiting == 0 {
        return Ok(());
    }
    let mut left = offer.policy.capacity.map(|capacity| capacity.saturating_sub(u32::try_from(pool.taken).unwrap_or(0)));
    let mut after = 0;
    // Whose party is larger than what is left is passed over, so that no line is too long to be gone through.
    while left != Some(0) {
        let line = line::next(writing, pool.id, after, left).await?;
        let Some(last) = line.last() else { break };
        after = last.id.number;
        let moving = moving_up(left, &line);
        left = left.map(|left| left - moving.iter().map(|waiting| waiting.seats).sum::<u32>());
        move_up(app, writing, event, pool, &moving).await?;
    }
    Ok(())
}

/// Moves these up, and tells them.
async fn move_up(
    app: &App,
    writing: &Writing,
    event: &event::Model,
    pool: &mut seat_pool::Model,
    moving: &[Waiting<InLine>],
) -> Result<(), Fault> {
    let needs_approval = event.registration_mode == RegistrationMode::Approval;
    let status_of = |waiting: InLine| {
        if needs_approval && !waiting.is_approved { RegistrationStatus::Pending } else { RegistrationStatus::Confirmed }
    };
    for status in [RegistrationStatus::Pending, RegistrationStatus::Confirmed] {
        let ids: Vec<_> = moving.iter().filter(|waiting| status_of(waiting.id) == status).map(|waiting| waiting.id.registration).collect();
        line::move_up(writing, &ids, status, app.clock.now()).await?;
    }
    for waiting in moving {
        let seats = i32::try_from(waiting.seats).unwrap_or(0);
        count_out(pool, RegistrationStatus::Waitlisted, seats, event.pending_holds_seats);
        count_in(pool, status_of(waiting.id), seats, event.pending_holds_seats);
        writing.announce(Change::Registration { event: event.id, registration: waiting.id.registration });
    }
    writing.announce(Change::Seats { event: event.id, date: pool.occurrence_id });
    Ok(writing.all_later(&moving.iter().map(|waiting| Tell::of(waiting.id.registration, News::MovedUp)).collect::<Vec<_>>()).await?)
}

/// What a pool's seats are offered by; none where one does not register here any more.
pub(super) async fn offer(writing: &Writing, event: &event::Model, of: &seat_pool::Model) -> Result<Option<Offer>, Fault> {
    match of.occurrence_id {
        Some(id) => Ok(parts::dates(&**writing, vec![id]).await?.remove(&id).and_then(|date| Offer::of_date(event, &date))),
        None => {
            let span = occurrences::spans(&**writing, vec![event.id]).await?.remove(&event.id);
            Ok(Offer::of_event(event, span))
        }
    }
}
