//! Sending an issue now or later, stopping it, going on, and giving it up.

use chrono::{DateTime, Utc};
use entity::id::NewsletterIssueId;
use entity::newsletter_issue;
use entity::words::NewsletterIssueStatus as Status;

use super::begin::{begin, open_lanes};
use super::check::{check, refuse_flaws};
use super::standing::{Standing, finish, note, to_edit};
use crate::app::{App, Cx, Writing};
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::kernel::{Fault, Locale, Refusal, Refused, Why};
use crate::live::Change;
use crate::newsletter::jobs::SendWhenDue;
use crate::newsletter::rules::way::{self, Sent};
use crate::newsletter::store::{deliveries, write};

/// Sends an issue, now or at a moment ahead. Sending it again changes nothing.
///
/// # Errors
/// What [`to_edit`] refuses; [`Why::WrongState`], [`Why::InThePast`]; what is wrong with its texts.
pub async fn send(cx: &Cx, id: NewsletterIssueId, at: Option<DateTime<Utc>>) -> Result<newsletter_issue::Model, Fault> {
    let writing = cx.begin_write().await?;
    let before = to_edit(cx, &writing, id).await?;
    let sent = way::send(before.row.status, at, cx.now()).map_err(|why| match why {
        Why::InThePast => Refusal::at(&["at"], why),
        why => Refusal::of_state(why),
    })?;
    match sent {
        Sent::Already => Ok(before.row),
        Sent::Now => go_out(cx, writing, Deed::NewsletterIssueSend, &before).await,
        Sent::At(at) => {
            refuse_flaws(&check(&cx.app, &*writing, &before).await?)?;
            let key = format!("{}.{}", id.0.simple(), at.timestamp_micros());
            writing.later_once_at(&key, &SendWhenDue { issue: id }, at).await?;
            let row = newsletter_issue::Model { status: Status::Scheduled, scheduled_for: Some(at), problem: None, ..before.row.clone() };
            finish(cx, writing, Deed::NewsletterIssueSend, &before, row).await
        }
    }
}

async fn go_out(cx: &Cx, writing: Writing, deed: Deed, before: &Standing) -> Result<newsletter_issue::Model, Fault> {
    begin(&cx.app, &writing, before).await?;
    let row = write::issue_locked_in_our_name(&writing, before.row.id).await?.ok_or(Refused::NotFound)?;
    note(cx, &writing, deed, before, &row).await?;
    writing.commit().await?;
    Ok(row)
}

/// Sends an issue whose moment has come; not one whose moment was moved, or that was taken back. One that something is wrong with by now,
/// e.g. as an event that it links to was withdrawn, stops and says so.
///
/// # Errors
/// Where the database fails.
pub async fn send_when_due(app: &App, id: NewsletterIssueId) -> Result<(), Fault> {
    let (writing, now) = (app.begin_write().await?, app.clock.now());
    let Some(row) = write::issue_locked_in_our_name(&writing, id).await? else { return Ok(()) };
    if row.status != Status::Scheduled || row.scheduled_for.is_none_or(|at| at > now) {
        return Ok(());
    }
    let issue = Standing::of(&*writing, row).await?;
    let found = check(app, &*writing, &issue).await?;
    let grave = found.values().flatten().find(|flaw| flaw.is_grave());
    let after = match grave {
        None => {
            begin(app, &writing, &issue).await?;
            Status::Sending
        }
        Some(flaw) => {
            let locale = issue.row.original_locale.parse().unwrap_or_else(|_| Locale::german());
            let problem = Some(flaw.message(&locale));
            let row = newsletter_issue::Model { status: Status::Paused, problem, updated_at: now, ..issue.row.clone() };
            write::update_issue(&*writing, &row).await?;
            writing.announce(Change::Issue { issue: id });
            Status::Paused
        }
    };
    let changes = Changes::none().field("status", &issue.row.status, &after);
    let deed = Deed::NewsletterIssueSend;
    audit::ops::record_of_its_own(app, &writing, deed, Subject::NewsletterIssue(id), issue.subject(), changes).await?;
    Ok(writing.commit().await?)
}

/// Stops an issue that is being sent: what is at the mail server by then arrives. One that waits for its moment becomes a draft again.
///
/// # Errors
/// What [`to_edit`] refuses; [`Why::WrongState`] for one that is neither.
pub async fn pause(cx: &Cx, id: NewsletterIssueId) -> Result<newsletter_issue::Model, Fault> {
    let writing = cx.begin_write().await?;
    let before = to_edit(cx, &writing, id).await?;
    let status = match before.row.status {
        Status::Sending => Status::Paused,
        Status::Scheduled => Status::Draft,
        _ => return Err(Refusal::of_state(Why::WrongState).into()),
    };
    let row = newsletter_issue::Model { status, scheduled_for: None, problem: None, ..before.row.clone() };
    finish(cx, writing, Deed::NewsletterIssuePause, &before, row).await
}

/// Goes on with an issue that was stopped, or stopped itself; nobody who has it gets it again.
///
/// # Errors
/// What [`to_edit`] refuses; [`Why::WrongState`] for one that was not stopped; what is wrong with its texts, where nobody has it yet.
pub async fn resume(cx: &Cx, id: NewsletterIssueId) -> Result<newsletter_issue::Model, Fault> {
    let writing = cx.begin_write().await?;
    let before = to_edit(cx, &writing, id).await?;
    if before.row.status != Status::Paused {
        return Err(Refusal::of_state(Why::WrongState).into());
    }
    if before.row.started_at.is_none() {
        return go_out(cx, writing, Deed::NewsletterIssueResume, &before).await;
    }
    open_lanes(&cx.app, &writing, id).await?;
    let row = newsletter_issue::Model { status: Status::Sending, problem: None, ..before.row.clone() };
    finish(cx, writing, Deed::NewsletterIssueResume, &before, row).await
}

/// Gives an issue up: whoever did not get it by now does not.
///
/// # Errors
/// What [`to_edit`] refuses; [`Why::WrongState`] for a draft, and for what has arrived.
pub async fn cancel(cx: &Cx, id: NewsletterIssueId) -> Result<newsletter_issue::Model, Fault> {
    let writing = cx.begin_write().await?;
    let before = to_edit(cx, &writing, id).await?;
    if !way::can_be_cancelled(before.row.status) {
        return Err(Refusal::of_state(Why::WrongState).into());
    }
    deliveries::give_up(&*writing, id, "the issue was given up").await?;
    let finished_at = before.row.started_at.map(|_| cx.now());
    let row = newsletter_issue::Model { status: Status::Cancelled, scheduled_for: None, finished_at, problem: None, ..before.row.clone() };
    finish(cx, writing, Deed::NewsletterIssueCancel, &before, row).await
}
