//! Deciding on requests: approving and declining them.

use entity::id::RegistrationId;
use entity::words::RegistrationStatus;
use entity::{event, registration, seat_pool};

use super::announce::announce;
use super::find::{By, find_to_decide};
use super::move_up::{let_move_up, offer};
use super::note::note;
use super::seats::{count_in, count_out};
use crate::app::{Cx, Writing};
use crate::audit::rules::{Changes, Deed};
use crate::events::store::seats;
use crate::kernel::{Fault, Refusal, Refused, Why, text};
use crate::registrations::jobs::{News, Tell};
use crate::registrations::rules::approval;
use crate::registrations::store::{self, parts, write};

/// Characters of a reason at the most.
const REASON: usize = 1000;

/// Approves a request: it gets its seats, or a place in line where there are none and people may wait. What is approved stays so.
///
/// # Errors
/// [`Refused::NotFound`] and [`Refused::Forbidden`] to others than organisers; [`Why::Full`] where there are no seats and no
/// waiting list; [`Why::WrongState`] once it is declined or cancelled, or where its event does not take place.
pub async fn approve(cx: &Cx, id: RegistrationId) -> Result<registration::Model, Fault> {
    let named = find_to_decide(cx, By::Id(id)).await?;
    let (writing, row, event, mut pool) = opened(cx, &named).await?;
    if row.status == RegistrationStatus::Confirmed || (row.status == RegistrationStatus::Waitlisted && row.approved_at.is_some()) {
        return Ok(row);
    }
    let wrong_state = || Refusal::of_state(Why::WrongState);
    let offer = offer(&writing, &event, &pool).await?.filter(|offer| offer.policy.takes_place).ok_or_else(wrong_state)?;
    let request = approval::Request {
        status: row.status,
        seats: u32::try_from(row.seats).unwrap_or(0),
        pending_holds_seats: event.pending_holds_seats,
    };
    let decided = approval::approve(&offer.policy, u32::try_from(pool.taken).unwrap_or(0), request).map_err(Refusal::of_state)?;
    let mut now = registration::Model {
        status: decided,
        approved_at: Some(cx.now()),
        updated_at: cx.now(),
        invitation_sequence: row.invitation_sequence + 1,
        ..row.clone()
    };
    match decided {
        RegistrationStatus::Confirmed => now.confirmed_at = Some(cx.now()),
        // Who is approved later stands behind those who wait already.
        _ if row.status == RegistrationStatus::Pending => {
            pool.last_number += 1;
            now.number = pool.last_number;
        }
        _ => {}
    }
    write::decide(&writing, &now).await?;
    count_out(&mut pool, row.status, row.seats, event.pending_holds_seats);
    count_in(&mut pool, now.status, now.seats, event.pending_holds_seats);
    seats::write_counts(&writing, &pool).await?;
    writing.later(&Tell::of(row.id, News::Approved)).await?;
    let changes = Changes::none().field("status", &row.status, &now.status);
    note(cx, &writing, Deed::RegistrationApprove, (&row, &event), changes).await?;
    announce(&writing, &now);
    writing.commit().await?;
    Ok(now)
}

/// Declines a request, with a reason that the person is told. The seats that it held go to the first in line who fit. One that is
/// declined stays so.
///
/// # Errors
/// As [`approve`]; [`Why::WrongState`] for what has its seats already: that is cancelled.
pub async fn decline(cx: &Cx, id: RegistrationId, reason: Option<String>) -> Result<registration::Model, Fault> {
    let named = find_to_decide(cx, By::Id(id)).await?;
    let reason = reason.as_deref().map_or(Ok(None), |reason| text::lines(reason, REASON));
    let reason = reason.map_err(|why| Refusal::at(&["reason"], why))?;
    let (writing, row, event, mut pool) = opened(cx, &named).await?;
    match row.status {
        RegistrationStatus::Declined => return Ok(row),
        RegistrationStatus::Pending | RegistrationStatus::Waitlisted => {}
        RegistrationStatus::Confirmed | RegistrationStatus::Cancelled => return Err(Refusal::of_state(Why::WrongState).into()),
    }
    let now = registration::Model {
        status: RegistrationStatus::Declined,
        decline_reason: reason,
        updated_at: cx.now(),
        invitation_sequence: row.invitation_sequence + 1,
        ..row.clone()
    };
    write::decide(&writing, &now).await?;
    count_out(&mut pool, row.status, row.seats, event.pending_holds_seats);
    writing.later(&Tell::of(row.id, News::Declined)).await?;
    let_move_up(&cx.app, &writing, &event, &mut pool).await?;
    seats::write_counts(&writing, &pool).await?;
    let changes = Changes::none().field("status", &row.status, &now.status).text("reason", &row.decline_reason, &now.decline_reason);
    note(cx, &writing, Deed::RegistrationDecline, (&row, &event), changes).await?;
    announce(&writing, &now);
    writing.commit().await?;
    Ok(now)
}

/// A registration with its event, and with its pool, which nobody else changes meanwhile.
pub(super) async fn opened(
    cx: &Cx,
    named: &registration::Model,
) -> Result<(Writing, registration::Model, event::Model, seat_pool::Model), Fault> {
    let writing = cx.begin_write().await?;
    let (row, pool) = store::locked(&writing, named).await?.ok_or(Refused::NotFound)?;
    let event = parts::events(&*writing, vec![row.event_id]).await?.remove(&row.event_id).ok_or(Refused::NotFound)?;
    Ok((writing, row, event, pool))
}
