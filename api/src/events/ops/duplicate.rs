//! An event once more, at another time.

use chrono::{DateTime, TimeDelta, Utc};
use entity::event;
use entity::id::EventId;
use entity::words::EventStatus;

use super::create::insert;
use super::named;
use super::standing::to_edit;
use crate::app::Cx;
use crate::audit::rules::Deed;
use crate::events::rules::schedule::{self, Schedule, instant, local};
use crate::events::store::content;
use crate::events::store::write::{NewEvent, NewOutcome};
use crate::kernel::{Fault, Refusal};

/// Copies an event into a draft whose first date starts at `starts_at`: all other times are moved along with it by the clock on the
/// wall. What came of the first, and single dates that were changed, are not copied.
///
/// # Errors
/// What [`to_edit`] refuses; a refusal for a start at which its schedule makes no sense.
pub async fn duplicate(cx: &Cx, id: EventId, starts_at: DateTime<Utc>) -> Result<event::Model, Fault> {
    let writing = cx.begin_write().await?;
    let standing = to_edit(cx, &writing, id).await?;
    let old = content::of(&*writing, &standing.row).await?;
    named::authorise_host(cx, &old).await?;
    let mut event = moved(old, starts_at);
    if let Err(unsound) = schedule::dates(&event.schedule, schedule::horizon(cx.now())) {
        let why = super::edit::wrong_with_schedule(&unsound).1;
        return Err(Refusal::at(&["startsAt"], why).into());
    }
    event.slug = named::free_slug(&writing, &event).await?;
    insert(cx, writing, event, Deed::EventDuplicate).await
}

fn moved(old: NewEvent, starts_at: DateTime<Utc>) -> NewEvent {
    let zone = old.schedule.zone;
    let by: TimeDelta = local(starts_at, zone) - local(old.schedule.starts_at, zone);
    let along = |at: DateTime<Utc>| local(at, zone).checked_add_signed(by).map_or(at, |at| instant(at, zone));
    let mut event = NewEvent {
        status: EventStatus::Draft,
        dates: Vec::new(),
        cancellation_reason: None,
        outcome: NewOutcome::default(),
        scheduled_for: None,
        schedule: Schedule {
            starts_at,
            ends_at: old.schedule.ends_at.map(along),
            doors_at: old.schedule.doors_at.map(along),
            recurrence: old.schedule.recurrence.as_ref().map(|rule| rule.ending_later_by(by, zone)),
            except_dates: old.schedule.except_dates.iter().copied().map(along).collect(),
            further_dates: old.schedule.further_dates.iter().copied().map(along).collect(),
            ..old.schedule
        },
        ..old
    };
    for item in &mut event.agenda {
        item.at = along(item.at);
    }
    event.registration.opens_at = event.registration.opens_at.map(along);
    event.registration.closes_at = event.registration.closes_at.map(along);
    event
}
