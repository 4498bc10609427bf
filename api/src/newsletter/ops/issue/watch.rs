//! Watching an issue on its way.

use std::time::Duration;

use entity::id::NewsletterIssueId;
use entity::newsletter_issue;
use futures_util::{Stream, stream};
use tokio::time::{Instant, sleep_until};

use super::standing::seen;
use crate::app::Cx;
use crate::kernel::Fault;
use crate::live::{Change, Watching};
use crate::newsletter::store;
use crate::people;

/// It is told no more often than this.
const PACE: Duration = Duration::from_millis(500);

/// An issue, each time it was sent, stopped, or came further: twice a second at the most. It ends when the viewer's rights become others,
/// or the issue is gone.
///
/// # Errors
/// What [`seen`] refuses; a fault where changes cannot be heard.
pub async fn watch(cx: &Cx, id: NewsletterIssueId) -> Result<impl Stream<Item = Result<newsletter_issue::Model, Fault>> + use<>, Fault> {
    seen(cx, id).await?;
    let pick = move |change: &Change| match *change {
        Change::Issue { issue } => (issue == id).then_some(()),
        Change::Registration { .. } | Change::Seats { .. } => None,
    };
    let watching = cx.app.live.watch(pick).await?;
    Ok(stream::try_unfold(Watch { cx: cx.clone(), id, watching, not_before: Instant::now() }, Watch::next))
}

struct Watch {
    cx: Cx,
    id: NewsletterIssueId,
    watching: Watching<()>,
    not_before: Instant,
}

impl Watch {
    async fn next(mut self) -> Result<Option<(newsletter_issue::Model, Self)>, Fault> {
        sleep_until(self.not_before).await;
        self.watching.next().await;
        if !people::ops::is_still(&self.cx).await? {
            return Ok(None);
        }
        let row = store::issues_by_ids(self.cx.db(), &self.cx.viewer, vec![self.id]).await?.remove(&self.id);
        self.not_before = Instant::now() + PACE;
        Ok(row.map(|row| (row, self)))
    }
}
