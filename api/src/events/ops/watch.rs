//! Watching the seats of a date.

use std::time::Duration;

use entity::id::OccurrenceId;
use entity::occurrence;
use futures_util::Stream;
use futures_util::stream;
use tokio::time::{Instant, sleep_until};

use crate::app::Cx;
use crate::events::store::occurrences;
use crate::kernel::{Fault, Refused};
use crate::live::{Change, Watching};
use crate::people;

/// How often one who watches is told at the most: in a rush seats change many times in a second.
const PACE: Duration = Duration::from_millis(500);

/// A date, each time its seats change: they are taken or come free, more or fewer are offered, or it takes place or not. Told twice a
/// second at the most. It ends when the viewer's rights become others, or the date is no longer theirs to see.
///
/// # Errors
/// [`Refused::NotFound`]; a fault where changes cannot be heard.
pub async fn watch_seats(cx: &Cx, id: OccurrenceId) -> Result<impl Stream<Item = Result<occurrence::Model, Fault>> + use<>, Fault> {
    let seen = occurrences::by_ids(cx.db(), &cx.viewer, vec![id]).await?.remove(&id).ok_or(Refused::NotFound)?;
    let pick = move |change: &Change| match *change {
        Change::Seats { event, date } => (event == seen.event_id && date.is_none_or(|date| date == id)).then_some(()),
        Change::Registration { .. } | Change::Issue { .. } => None,
    };
    let watching = cx.app.live.watch(pick).await?;
    Ok(stream::try_unfold(Watch { cx: cx.clone(), id, watching, not_before: Instant::now() }, Watch::next))
}

struct Watch {
    cx: Cx,
    id: OccurrenceId,
    watching: Watching<()>,
    not_before: Instant,
}

impl Watch {
    async fn next(mut self) -> Result<Option<(occurrence::Model, Self)>, Fault> {
        sleep_until(self.not_before).await;
        self.watching.next().await;
        if !people::ops::is_still(&self.cx).await? {
            return Ok(None);
        }
        let row = occurrences::by_ids(self.cx.db(), &self.cx.viewer, vec![self.id]).await?.remove(&self.id);
        self.not_before = Instant::now() + PACE;
        Ok(row.map(|row| (row, self)))
    }
}
