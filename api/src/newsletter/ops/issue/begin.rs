//! Beginning to send: the cards are filled in, the ledger is made, and lanes are opened.

use entity::id::NewsletterIssueId;
use sea_orm::DbErr;

use super::cards;
use super::check::{check, refuse_flaws};
use super::standing::Standing;
use crate::app::{App, Writing};
use crate::kernel::Fault;
use crate::live::Change;
use crate::newsletter::jobs::Deliver;
use crate::newsletter::store::deliveries;

/// Begins to send an issue that nobody has begun; whether nobody had.
///
/// # Errors
/// Where something grave is wrong with it, each kind once; where the database fails.
pub async fn begin(app: &App, writing: &Writing, issue: &Standing) -> Result<bool, Fault> {
    refuse_flaws(&check(app, &**writing, issue).await?)?;
    if !deliveries::start(&**writing, issue.row.id, issue.newsletter.id, app.clock.now()).await? {
        return Ok(false);
    }
    cards::fill(app, writing, issue).await?;
    open_lanes(app, writing, issue.row.id).await?;
    writing.announce(Change::Issue { issue: issue.row.id });
    tracing::info!(issue = %issue.row.id.0, "an issue is being sent");
    Ok(true)
}

/// Has lanes work on an issue that is being sent.
///
/// # Errors
/// Where the database fails.
pub async fn open_lanes(app: &App, writing: &Writing, issue: NewsletterIssueId) -> Result<(), DbErr> {
    for lane in 0..app.config.delivery.lanes {
        let job = Deliver { issue, lane };
        writing.later_once(&job.key(), &job).await?;
    }
    Ok(())
}
