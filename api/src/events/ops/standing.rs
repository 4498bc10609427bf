//! What every use case of an event begins and ends with: the event as it stands, and what is told of its change.

use entity::event;
use entity::id::{EventId, OrganisationId};

use crate::access::Action;
use crate::app::{Cx, Writing};
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::events::jobs::{Happened, What};
use crate::events::rules::course::is_out;
use crate::events::store::{dates, parts};
use crate::kernel::{Fault, Refused};
use crate::live::Change;

/// An event that nobody else changes meanwhile, with who answers for it.
pub(super) struct Standing {
    /// Its row.
    pub row: event::Model,
    /// Who answers for it; none where it is only recorded.
    pub host: Option<OrganisationId>,
    /// How it is called.
    pub title: String,
}

/// The event with this id, where the viewer may edit it.
///
/// # Errors
/// [`Refused::NotFound`] for what the viewer does not see, [`Refused::Forbidden`] for what is not theirs.
pub(super) async fn to_edit(cx: &Cx, writing: &Writing, id: EventId) -> Result<Standing, Fault> {
    let standing = seen(cx, writing, id).await?;
    cx.authorise(&Action::EditEvent(standing.host))?;
    Ok(standing)
}

/// The event with this id, where the viewer may see it.
///
/// # Errors
/// [`Refused::NotFound`] for what the viewer does not see.
pub(super) async fn seen(cx: &Cx, writing: &Writing, id: EventId) -> Result<Standing, Fault> {
    let row = dates::locked(&**writing, &cx.viewer, id).await?.ok_or(Refused::NotFound)?;
    of(writing, row).await
}

/// What belongs to a row.
pub(super) async fn of(writing: &Writing, row: event::Model) -> Result<Standing, Fault> {
    let hosts = parts::hosts(&**writing, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    let heads = parts::heads(&**writing, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    let title = heads.into_iter().find(|head| head.locale == row.original_locale).map(|head| head.title).unwrap_or_default();
    Ok(Standing { host: hosts.first().map(|host| host.organisation_id), row, title })
}

/// Notes that the viewer changed how far an event is on its way.
pub(super) async fn note_status(cx: &Cx, writing: &Writing, deed: Deed, before: &Standing, after: &event::Model) -> Result<(), Fault> {
    let changes = Changes::none().field("status", &before.row.status, &after.status);
    writing.announce(Change::Seats { event: after.id, date: None });
    let changes = changes.field("scheduledFor", &before.row.scheduled_for, &after.scheduled_for);
    Ok(audit::ops::record(cx, writing, deed, Subject::Event(after.id), &before.title, changes).await?)
}

/// Leaves it to be told to whoever is registered, where its public knows of it.
pub(super) async fn tell(cx: &Cx, writing: &Writing, event: &event::Model, what: What) -> Result<(), Fault> {
    if is_out(event.status) || what == What::Cancelled {
        writing.later(&Happened { event: event.id, occurrence: None, what, at: cx.now() }).await?;
    }
    Ok(())
}
