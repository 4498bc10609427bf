//! Events from a calendar.

use entity::id::EventId;
use entity::words::{EventStatus, ImportedKind};

pub use super::announcing::Into;
use super::announcing::{self, NotEntered};
use super::{Outcome, Problem, Run, Standing, fingerprint, on};
use crate::app::{Cx, Writing};
use crate::events;
use crate::events::ops::edit::{Edit, PlaceEdit, ScheduleEdit};
use crate::events::store::dates;
use crate::imports::read::calendar::CalendarEvent;
use crate::kernel::Patch;

const KIND: ImportedKind = ImportedKind::Event;

/// Takes an event over. Where it says something new, single dates that were changed keep their change.
///
/// # Errors
/// What is wrong with it.
pub async fn take(cx: &Cx, run: &Run, into: &Into, event: &CalendarEvent) -> Result<Outcome, Problem> {
    let fingerprint = fingerprint(&format!("{:?}", CalendarEvent { line: 0, ..event.clone() }));
    let writing = cx.begin_write().await?;
    let before = match run.standing(&writing, KIND, &event.id).await? {
        Standing::New => {
            let id = announcing::enter(cx, &writing, into, event).await?;
            run.finish(cx, writing, (KIND, &event.id), (id.0, 1), fingerprint).await?;
            return Ok(Outcome::Added);
        }
        Standing::Came(before) => before,
    };
    let id = EventId(before.target_id);
    let Some(now) = dates::locked_in_our_name(&*writing, id).await? else { return Ok(Outcome::Gone) };
    if before.fingerprint == fingerprint {
        return Ok(Outcome::Unchanged);
    }
    if now.revision != before.revision {
        return Ok(Outcome::Kept);
    }
    let edit = edit(cx, &writing, into, event).await?;
    run.end(writing).await?;
    if !run.writes {
        return Ok(Outcome::Changed);
    }
    // It tells whoever registered, and moves their dates along: that is a use case of its own. Should we be stopped right behind it,
    // the event counts as changed here.
    let mut changed = events::ops::update(cx, id, Some(now.revision), edit).await.map_err(|fault| on(event.line, fault))?;
    if event.is_cancelled && changed.status == EventStatus::Published {
        changed = events::ops::cancel(cx, id, None).await.map_err(|fault| on(event.line, fault))?;
    }
    let writing = cx.begin_write().await?;
    run.finish(cx, writing, (KIND, &event.id), (id.0, changed.revision), fingerprint).await?;
    Ok(Outcome::Changed)
}

/// What becomes of an event that came before.
async fn edit(cx: &Cx, writing: &Writing, into: &Into, event: &CalendarEvent) -> Result<Edit, Problem> {
    let schedule = ScheduleEdit::of(announcing::schedule(event)?);
    let place = PlaceEdit::of(announcing::place(cx, writing, into, event).await?);
    Ok(Edit {
        texts: vec![announcing::words(&into.locale, event)?],
        schedule: Patch::Set(schedule),
        place: Patch::Set(place),
        website: announcing::website(event).map_or(Patch::Keep, Patch::Set),
        tags: Patch::Set(announcing::topics(event)),
        ..Edit::nothing()
    })
}

impl From<NotEntered> for Problem {
    fn from(not: NotEntered) -> Self {
        match not {
            NotEntered::Unreadable(unreadable) => unreadable.into(),
            NotEntered::Fault(fault) => Self::Fault(fault),
        }
    }
}
