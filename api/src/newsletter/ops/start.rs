//! Starting to send an issue, and seeing to it that it goes on.

use chrono::TimeDelta;
use entity::newsletter_issue;
use entity::words::NewsletterIssueStatus;

use super::issue::begin::{begin, open_lanes};
use super::issue::standing::Standing;
use crate::app::App;
use crate::kernel::{Fault, Refusal, Refused, Why};
use crate::newsletter::store::{deliveries, write};

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
/// [`Refused::NotFound`] where `issue` is not there any more; [`Why::WrongState`] for one that was cancelled; what is wrong with its texts.
pub async fn start(app: &App, issue: &newsletter_issue::Model) -> Result<Started, Fault> {
    let writing = app.begin_write().await?;
    let row = write::issue_locked_in_our_name(&writing, issue.id).await?.ok_or(Refused::NotFound)?;
    match row.status {
        NewsletterIssueStatus::Cancelled => return Err(Refusal::of_state(Why::WrongState).into()),
        NewsletterIssueStatus::Sending | NewsletterIssueStatus::Sent => return Ok(Started::Before),
        _ => {}
    }
    let issue = Standing::of(&*writing, row).await?;
    if !begin(app, &writing, &issue).await? {
        return Ok(Started::Before);
    }
    writing.commit().await?;
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
