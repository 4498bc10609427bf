//! Starting to send an issue, and seeing to it that it goes on.

use chrono::TimeDelta;
use entity::id::NewsletterIssueId;
use entity::newsletter_issue;
use entity::words::NewsletterIssueStatus;
use sea_orm::DbErr;

use crate::app::{App, Writing};
use crate::kernel::{Fault, Refusal, Refused, Why};
use crate::newsletter::jobs::Deliver;
use crate::newsletter::store::{self, deliveries};

/// How long something may be due before somebody is sent to look.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);

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
    open_lanes(app, &writing, issue.id).await?;
    writing.commit().await?;
    tracing::info!(issue = %issue.id.0, "an issue is being sent");
    Ok(Started::Now)
}

/// Has somebody work on issues that are being sent, where nobody does: their jobs were given up, or somebody deleted them.
///
/// # Errors
/// Where the database fails.
pub async fn tend(app: &App) -> Result<(), Fault> {
    let now = app.clock.now();
    let writing = app.begin_write().await?;
    for issue in deliveries::left_alone(&*writing, now - PATIENCE, now).await? {
        tracing::warn!(issue = %issue.0, "nobody worked on an issue that is being sent");
        open_lanes(app, &writing, issue).await?;
    }
    Ok(writing.commit().await?)
}

async fn open_lanes(app: &App, writing: &Writing, issue: NewsletterIssueId) -> Result<(), DbErr> {
    for lane in 0..app.config.delivery_lanes {
        let job = Deliver { issue, lane };
        writing.later_once(&job.key(), &job).await?;
    }
    Ok(())
}
