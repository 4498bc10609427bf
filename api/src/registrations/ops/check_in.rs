//! Letting people in, and taking it back.

use chrono_tz::Tz;
use entity::id::{EventId, OccurrenceId, RegistrationId};
use entity::{event, registration};

use super::announce::announce_itself;
use super::decide::opened;
use super::find::{By, find_at_the_door};
use super::note::note;
use crate::app::Cx;
use crate::audit::rules::{Changes, Deed};
use crate::kernel::{Fault, Refusal, Why};
use crate::registrations::rules::door::{self, Door};
use crate::registrations::store::{parts, write};

/// Where people are let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// To this date.
    Date(OccurrenceId),
    /// To any date of this event.
    Event(EventId),
}

/// Who came to the door, and why they are not let in, where they are not.
#[derive(Clone, Debug)]
pub struct AtTheDoor {
    /// Their registration, as it now is.
    pub registration: registration::Model,
    /// Why not; none where they are in now.
    pub refused: Option<Refusal>,
}

/// Lets in whoever is registered. Somebody who is in already stays so, and it is told since when.
///
/// # Errors
/// NOT_FOUND and FORBIDDEN to others than organisers.
pub async fn check_in(cx: &Cx, by: By, at: Option<Result<At, Why>>) -> Result<AtTheDoor, Fault> {
    let named = find_at_the_door(cx, by).await?;
    let (writing, row, event, _) = opened(cx, &named).await?;
    let is_here = match at {
        None => true,
        Some(Ok(At::Date(id))) => match row.occurrence_id {
            Some(of) => of == id,
            // Who registered for the event as a whole comes to all of its dates.
            None => parts::dates(&*writing, vec![id]).await?.get(&id).is_some_and(|date| date.event_id == row.event_id),
        },
        Some(Ok(At::Event(id))) => row.event_id == id,
        Some(Err(why)) => return Err(Refusal::at(&["at"], why).into()),
    };
    let door = Door { is_here, now: cx.now(), zone: zone(&event) };
    if let Err(why) = door::let_in(row.status, row.checked_in_at, &door) {
        let path: &[&str] = if is_here { &[] } else { &["at"] };
        return Ok(AtTheDoor { registration: row, refused: Some(Refusal::at(path, why)) });
    }
    let now = registration::Model { checked_in_at: Some(cx.now()), ..row.clone() };
    write::check_in(&writing, &now).await?;
    note(cx, &writing, Deed::RegistrationCheckIn, (&row, &event), Changes::none()).await?;
    announce_itself(&writing, &now);
    writing.commit().await?;
    Ok(AtTheDoor { registration: now, refused: None })
}

/// Takes it back that somebody was let in. Who is not in stays so.
///
/// # Errors
/// As [`check_in`].
pub async fn undo_check_in(cx: &Cx, id: RegistrationId) -> Result<registration::Model, Fault> {
    let named = find_at_the_door(cx, By::Id(id)).await?;
    let (writing, row, event, _) = opened(cx, &named).await?;
    if row.checked_in_at.is_none() {
        return Ok(row);
    }
    let now = registration::Model { checked_in_at: None, ..row.clone() };
    write::check_in(&writing, &now).await?;
    note(cx, &writing, Deed::RegistrationUndoCheckIn, (&row, &event), Changes::none()).await?;
    announce_itself(&writing, &now);
    writing.commit().await?;
    Ok(now)
}

fn zone(event: &event::Model) -> Tz {
    event.time_zone.parse().unwrap_or(chrono_tz::UTC)
}
