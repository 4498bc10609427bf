//! Delivering an issue. A job of its ledger has some lanes, each with a connection of its own: a lane takes lines, sends, and has written
//! down what became of each, until nothing is due.

mod lane;
mod look;
mod note;
mod pace;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use entity::words::NewsletterIssueStatus;
use jobs::Failed;
use tokio::task::JoinSet;

use crate::app::App;
use crate::live::Change;
use crate::newsletter::jobs::Deliver;
use crate::newsletter::mail::Edition;
use crate::newsletter::store::{self, deliveries};

/// When one looks again who found no mail server.
const WITHOUT_SERVER: TimeDelta = TimeDelta::minutes(1);

/// Why a lane ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Nothing is due.
    Done,
    /// No server answers: later.
    NoServer,
    /// It is not time to send: at this moment it is again.
    NotNow(DateTime<Utc>),
    /// The issue is not being sent any more.
    Halted,
}

/// Delivers what is due of an issue. What is put off is delivered by a job of its time.
///
/// # Errors
/// Where the database fails.
pub async fn deliver(app: &App, job: Deliver) -> Result<(), Failed> {
    let staff = store::issue_in_our_name(&app.db, job.issue).await?;
    let Some(issue) = staff.filter(|issue| issue.status == NewsletterIssueStatus::Sending) else { return Ok(()) };
    let Some(edition) = Edition::load(app, issue).await? else { return Ok(()) };
    let edition = Arc::new(edition);
    let mut lanes = JoinSet::new();
    for _ in 0..app.config.delivery.connections {
        lanes.spawn(lane::run(app.clone(), Arc::clone(&edition)));
    }
    // One that fails leaves the others to go on; what it had taken is taken by others when its lease ends.
    let mut ends = Vec::new();
    while let Some(end) = lanes.join_next().await {
        ends.push(end.map_err(|stopped| Failed::again(stopped.to_string()))?);
    }
    let ends = ends.into_iter().collect::<Result<Vec<End>, Failed>>()?;
    if ends.contains(&End::Halted) {
        return Ok(());
    }
    let not_now = ends.iter().filter_map(|end| if let End::NotNow(at) = end { Some(*at) } else { None }).max();
    let now = app.clock.now();
    let look_again_at = match not_now {
        Some(at) => Some(at),
        None if ends.contains(&End::NoServer) => Some(now + WITHOUT_SERVER),
        None => deliveries::next_due(&app.db, job.issue).await?,
    };
    if let Some(moment) = look_again_at {
        app.queue.enqueue_once_at(&app.db, &job.key(), &job, moment.max(now + TimeDelta::seconds(1))).await?;
        return Ok(());
    }
    let writing = app.begin_write().await?;
    deliveries::finish(&*writing, job.issue, now).await?;
    writing.announce(Change::Issue { issue: job.issue });
    Ok(writing.commit().await?)
}
