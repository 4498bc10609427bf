//! An event that came before: what its calendar says anew changes here, too, apart from what was changed here.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::id::{EventId, OrganisationId};
use entity::lists::{TakenField, TakenFields};
use entity::words::EventStatus;
use entity::{event, imported};

use super::dates;
use super::enter::STATUS;
use super::here::here;
use super::plan::{Plan, plan};
use super::take::{Origin, Outcome};
use crate::app::{Cx, Writing};
use crate::calendar_sources::rules::{said, said_of_status};
use crate::events;
use crate::events::store::{content, parts};
use crate::imports;
use crate::imports::ops::announcing::NotEntered;
use crate::imports::read::calendar::CalendarEvent;
use crate::imports::read::unreadable::{Unreadable, What};
use crate::kernel::Fault;

/// In place of a fingerprint: there is something that is looked at again each time.
const AGAIN: &str = "to be looked at again";

/// Has an event follow. Each step is a use case of events, which tells who registered; should we be stopped between two of them, what was
/// taken over is recognised the next time, as it stands here then.
pub(super) async fn follow(
    cx: &Cx,
    writing: Writing,
    origin: &Origin<'_>,
    said_now: &CalendarEvent,
    (known, fingerprint): (imported::Model, String),
) -> Result<Outcome, NotEntered> {
    let id = EventId(known.target_id);
    let Some(before) = events::store::dates::locked_in_our_name(&*writing, id).await? else { return Ok(Outcome::LeftOut) };
    if answerable(&writing, id).await? != Some(origin.source.organisation_id) {
        return Ok(Outcome::LeftOut);
    }
    let mut fields = known.fields.clone().unwrap_or_default().0;
    let old = content::of(&*writing, &before).await?;
    let Plan { edit, taken, agreed, kept } = plan(cx, &writing, origin, (said_now, &old), &fields).await?;
    writing.commit().await?;
    let mut row = before.clone();
    if !taken.is_empty() {
        row = events::ops::update(cx, id, Some(before.revision), edit).await.map_err(|fault| refused(said_now, fault))?;
    }
    let dates = dates::follow(cx, said_now, &row, &mut fields).await?;
    let (row, withdrawn_at) = status(cx, said_now, (&before, row), &known, &fields).await?;
    let writing = cx.begin_write().await?;
    if !origin.still(&writing).await? {
        return Ok(Outcome::Stopped);
    }
    let stands = content::of(&*writing, &row).await?;
    let locale = &origin.into.locale;
    for field in taken.iter().chain(&agreed) {
        fields.insert(field.key(locale), TakenField { said: said(*field, said_now), here: here(*field, &stands, locale) });
    }
    fields.insert(STATUS.to_owned(), TakenField { said: said_of_status(said_now).to_owned(), here: String::new() });
    let changed = row.revision != before.revision || dates.changed;
    let kept = kept || dates.kept;
    let note = origin.note(imported::Model {
        fingerprint: if kept || dates.ahead { AGAIN.to_owned() } else { fingerprint },
        revision: if row.revision == before.revision { known.revision } else { row.revision },
        updated_at: cx.now(),
        fields: Some(TakenFields(fields)),
        withdrawn_at,
        ..known
    });
    imports::store::remember(&*writing, note).await?;
    writing.commit().await?;
    Ok(Outcome::Followed { changed, kept })
}

/// Who answers for an event.
pub(super) async fn answerable(writing: &Writing, id: EventId) -> Result<Option<OrganisationId>, Fault> {
    let hosts = parts::hosts(&**writing, vec![id]).await?.remove(&id).unwrap_or_default();
    Ok(hosts.first().map(|host| host.organisation_id))
}

/// What a use case refuses is told as what is wrong with the event.
pub(super) fn refused(event: &CalendarEvent, fault: Fault) -> NotEntered {
    match fault {
        Fault::Refusals(refusals) => {
            let at: Vec<String> = refusals.iter().map(|refusal| refusal.path.join(".")).collect();
            NotEntered::Unreadable(Unreadable::at(event.line, What::NotTaken).saying(&at.join(", ")))
        }
        fault => NotEntered::Fault(fault),
    }
}

/// Whether it takes place: what is cancelled there is cancelled here, and comes back once it does there, unless it was changed here
/// meanwhile. Gives the event as it is then, and since when it is cancelled here for what its calendar says.
async fn status(
    cx: &Cx,
    event: &CalendarEvent,
    (before, row): (&event::Model, event::Model),
    known: &imported::Model,
    fields: &BTreeMap<String, TakenField>,
) -> Result<(event::Model, Option<DateTime<Utc>>), NotEntered> {
    let was_said = fields.get(STATUS).is_some_and(|taken| taken.said == said_of_status(event));
    let id = row.id;
    let done = if event.is_cancelled {
        match row.status {
            _ if was_said => None,
            EventStatus::Published | EventStatus::Postponed => Some(events::ops::cancel(cx, id, None).await),
            EventStatus::InReview | EventStatus::Scheduled => Some(events::ops::unpublish(cx, id).await),
            EventStatus::Draft | EventStatus::Cancelled => None,
        }
    } else {
        match row.status {
            _ if known.withdrawn_at.is_none() || before.revision != known.revision => None,
            EventStatus::Cancelled => Some(events::ops::reinstate(cx, id).await),
            EventStatus::Draft => Some(events::ops::hand_in(cx, id).await),
            _ => None,
        }
    };
    let row = done.transpose().map_err(|fault| refused(event, fault))?.map_or((row, false), |row| (row, true));
    let withdrawn_at = match (event.is_cancelled, row.1) {
        (true, true) => Some(cx.now()),
        (true, false) => known.withdrawn_at,
        (false, _) => None,
    };
    Ok((row.0, withdrawn_at))
}
