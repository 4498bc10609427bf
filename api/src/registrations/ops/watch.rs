//! Watching the registrations for an event, as its organisers do at the door.

use std::collections::VecDeque;

use entity::id::{EventId, RegistrationId};
use entity::registration;
use futures_util::Stream;
use futures_util::stream;

use super::find::answerable;
use crate::access::Action;
use crate::app::Cx;
use crate::events::store;
use crate::kernel::{Fault, Refused};
use crate::live::{Change, Watching};
use crate::people;
use crate::registrations::store::by_ids;

/// The registrations for an event, each time one is made, changed, cancelled, decided on, or its person let in; each once where it
/// changed several times meanwhile. It ends when the viewer's rights become others.
///
/// # Errors
/// [`Refused::NotFound`]; [`Refused::Unauthenticated`] and [`Refused::Forbidden`] to others than the event's organisers; a fault
/// where changes cannot be heard.
pub async fn watch(cx: &Cx, event: EventId) -> Result<impl Stream<Item = Result<registration::Model, Fault>> + use<>, Fault> {
    store::by_ids(cx.db(), &cx.viewer, vec![event]).await?.remove(&event).ok_or(Refused::NotFound)?;
    cx.authorise(&Action::SeeRegistrations(answerable(cx, event).await?))?;
    let pick = move |change: &Change| match *change {
        Change::Registration { event: of, registration } if of == event => Some(registration),
        Change::Registration { .. } | Change::Seats { .. } | Change::Issue { .. } => None,
    };
    let watching = cx.app.live.watch(pick).await?;
    Ok(stream::try_unfold(Watch { cx: cx.clone(), watching, changed: VecDeque::new() }, Watch::next))
}

struct Watch {
    cx: Cx,
    watching: Watching<RegistrationId>,
    changed: VecDeque<registration::Model>,
}

impl Watch {
    async fn next(mut self) -> Result<Option<(registration::Model, Self)>, Fault> {
        while self.changed.is_empty() {
            let ids = self.watching.next().await;
            if !people::ops::is_still(&self.cx).await? {
                return Ok(None);
            }
            let mut rows = by_ids(self.cx.db(), &self.cx.viewer, ids.clone()).await?;
            self.changed.extend(ids.iter().filter_map(|id| rows.remove(id)));
        }
        Ok(self.changed.pop_front().map(|row| (row, self)))
    }
}
