//! From an old schedule and place to new ones: nobody who is registered is lost.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::id::OccurrenceId;
use entity::{event, occurrence};

use super::edit::wrong_at_horizon;
use crate::app::{Cx, Writing};
use crate::events::jobs::{Happened, What};
use crate::events::rules::course::is_out;
use crate::events::rules::matching::{Before, matches};
use crate::events::rules::schedule::{self, PlannedDate, over_at};
use crate::events::store::dates;
use crate::events::store::write::{NewDate, NewEvent, date_row};
use crate::kernel::Fault;

/// Brings the dates of an event to its new schedule and place. Dates that go on keep their ids; those that do not are cancelled where
/// somebody registered, and removed else. Whoever is registered for what changed, and is not over, is told.
pub(super) async fn reschedule(
    cx: &Cx,
    writing: &Writing,
    before: &event::Model,
    after: &event::Model,
    (old, new): (&NewEvent, &NewEvent),
) -> Result<(), Fault> {
    let now = cx.now();
    let rows = dates::of(&**writing, after.id).await?;
    let was_planned: HashMap<DateTime<Utc>, PlannedDate> =
        planned(old, now).unwrap_or_default().into_iter().map(|date| (date.starts_at, date)).collect();
    let wanted = planned(new, now)?;
    let standing: Vec<Before> = rows
        .iter()
        .map(|row| Before {
            original_starts_at: row.original_starts_at,
            starts_at: row.starts_at,
            is_planned: was_planned.contains_key(&row.original_starts_at),
        })
        .collect();
    let found = matches(&standing, &wanted.iter().map(|date| date.starts_at).collect::<Vec<_>>(), new.schedule.zone);
    let sequence = rows.iter().map(|row| row.sequence).max().unwrap_or(0);
    let (mut going_on, mut fresh, mut kept) = (Vec::new(), Vec::new(), HashSet::new());
    for (date, place) in wanted.iter().zip(found) {
        match place.map(|place| &rows[place]) {
            Some(row) => {
                kept.insert(row.id);
                going_on.push(moved(row, was_planned.get(&row.original_starts_at), date, new, now));
            }
            None => {
                fresh.push(occurrence::Model { sequence, ..date_row(cx.app.new_id(), after.id, &new.place, &NewDate::planned(*date), now) })
            }
        }
    }
    let (registered, _) = dates::registered_for(&**writing, after.id).await?;
    let (left, gone): (Vec<_>, Vec<_>) =
        rows.iter().filter(|row| !kept.contains(&row.id)).cloned().partition(|row| registered.contains(&row.id));
    let left: Vec<_> = left.into_iter().map(|row| left_over(row, new, now)).collect();
    dates::remove(&**writing, gone.iter().map(|row| row.id).collect()).await?;
    let changed: Vec<_> = going_on.into_iter().chain(left).filter(|row| rows.iter().all(|old| old != row)).collect();
    dates::update_together(&**writing, &rows, &changed).await?;
    dates::insert(&**writing, fresh).await?;
    if is_out(before.status) {
        tell(cx, writing, after, &rows, &changed).await?;
    }
    Ok(())
}

fn planned(event: &NewEvent, now: DateTime<Utc>) -> Result<Vec<PlannedDate>, Fault> {
    schedule::dates(&event.schedule, schedule::horizon(now)).map_err(|unsound| wrong_at_horizon(&unsound))
}

/// A date as it goes on: where it was moved by itself it stays there.
fn moved(
    row: &occurrence::Model,
    was: Option<&PlannedDate>,
    date: &PlannedDate,
    event: &NewEvent,
    now: DateTime<Utc>,
) -> occurrence::Model {
    let mut next = occurrence::Model { original_starts_at: date.starts_at, ..row.clone() };
    let was_moved = row.starts_at != row.original_starts_at && row.starts_at != date.starts_at;
    if !was_moved {
        let by = date.starts_at - row.starts_at;
        let (old_end, old_doors) = was.map_or((row.ends_at, row.doors_at), |was| (was.ends_at, was.doors_at));
        next.starts_at = date.starts_at;
        // What was its own goes along with it; all else is as the schedule has it.
        next.ends_at = if row.ends_at == old_end { date.ends_at } else { row.ends_at.map(|at| at + by) };
        next.doors_at = if row.doors_at == old_doors { date.doors_at } else { row.doors_at.map(|at| at + by) };
        next.over_at = over_at(next.starts_at, next.ends_at, event.schedule.zone);
    }
    settle(row, next, event, now)
}

/// A date that the schedule has no more, and that somebody registered for.
fn left_over(row: occurrence::Model, event: &NewEvent, now: DateTime<Utc>) -> occurrence::Model {
    let next = occurrence::Model { is_cancelled: true, ..row.clone() };
    settle(&row, next, event, now)
}

fn settle(row: &occurrence::Model, mut next: occurrence::Model, event: &NewEvent, now: DateTime<Utc>) -> occurrence::Model {
    if !row.place_is_own {
        next.mode = event.place.mode;
        next.venue_id = event.place.venue_id;
        next.room = event.place.room.clone();
        next.online_url = event.place.online_url.as_ref().map(ToString::to_string);
    }
    if next != *row {
        next.revision += 1;
        next.updated_at = now;
    }
    if is_elsewhere_or_elsewhen(row, &next) || row.is_cancelled != next.is_cancelled {
        next.sequence += 1;
    }
    next
}

/// Whether people must come at another time or to another place.
pub(super) fn is_elsewhere_or_elsewhen(before: &occurrence::Model, after: &occurrence::Model) -> bool {
    (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at)
        || (before.mode, before.venue_id, &before.room, &before.online_url) != (after.mode, after.venue_id, &after.room, &after.online_url)
}

async fn tell(
    cx: &Cx,
    writing: &Writing,
    event: &event::Model,
    before: &[occurrence::Model],
    changed: &[occurrence::Model],
) -> Result<(), Fault> {
    let (now, mut is_whole_told) = (cx.now(), false);
    let before: HashMap<OccurrenceId, &occurrence::Model> = before.iter().map(|row| (row.id, row)).collect();
    for row in changed {
        let Some(old) = before.get(&row.id) else { continue };
        let what = match (old.is_cancelled, row.is_cancelled) {
            (false, true) => What::Cancelled,
            (false, false) if is_elsewhere_or_elsewhen(old, row) => What::Moved,
            _ => continue,
        };
        if row.over_at.max(old.over_at) <= now {
            continue;
        }
        if event.registration_scope == entity::words::RegistrationScope::EachDate {
            writing.later(&Happened { event: event.id, occurrence: Some(row.id), what, at: now }).await?;
        } else if !is_whole_told {
            is_whole_told = true;
            writing.later(&Happened { event: event.id, occurrence: None, what: What::Moved, at: now }).await?;
        }
    }
    Ok(())
}
