//! Starting to send an issue.

use entity::newsletter_issue;
use entity::words::NewsletterIssueStatus;

use crate::app::App;
use crate::kernel::{Fault, Refusal, Refused, Why};
use crate::newsletter::jobs::Deliver;
use crate::newsletter::store::{self, deliveries};

/// Whether a `send` started something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Started {
    /// It did.
    Now,
    /// It had been started before: nothing changed.
    Before,
}

/// Starts to send an issue, in the name of whoever runs the program.
///
/// # Errors
/// [`Refused::NotFound`] where `issue` is not there any more; [`Why::WrongState`] for one that was cancelled.
pub async fn start(app: &App, issue: &newsletter_issue::Model) -> Result<Started, Fault> {
    let writing = app.begin_write().await?;
    let newsletter = store::parts::read_ones(&*writing, vec![issue.newsletter_id]).await?.remove(&issue.newsletter_id);
    let newsletter = newsletter.ok_or(Refused::NotFound)?;
    if issue.status == NewsletterIssueStatus::Cancelled {
        return Err(Refusal::of_state(Why::WrongState).into());
    }
    if !deliveries::start(&*writing, issue.id, newsletter.id, app.clock.now()).await? {
        return Ok(Started::Before);
    }
    for lane in 0..app.config.delivery_lanes {
        writing.later(&Deliver { issue: issue.id, lane }).await?;
    }
    writing.commit().await?;
    tracing::info!(issue = %issue.id.0, "an issue is being sent");
    Ok(Started::Now)
}
