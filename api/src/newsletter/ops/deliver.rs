//! Delivering an issue: a lane takes lines of its ledger, sends, and writes down what became of each, until nothing is due.

use chrono::{DateTime, TimeDelta, Utc};
use entity::newsletter_issue;
use entity::words::{DeliveryStatus, NewsletterIssueStatus, SubscriptionStatus, SuppressionReason};
use jobs::Failed;
use mailer::{Address, Failure, Refusal, Session};

use crate::app::App;
use crate::newsletter::jobs::Deliver;
use crate::newsletter::mail::Edition;
use crate::newsletter::rules::{is_given_up, next_attempt};
use crate::newsletter::store::lines::{self, Outcome, Standing, Taken};
use crate::newsletter::store::{self, deliveries, readers};

/// Lines that a lane takes at once.
const AT_ONCE: u64 = 25;

/// When a lane looks again that found no mail server.
const WITHOUT_SERVER: TimeDelta = TimeDelta::minutes(1);

/// How a lane goes on after a mail.
enum Next {
    Mail,
    /// No server answers: later.
    Wait,
    /// The server refuses us: nobody gets this issue before somebody has looked.
    Stop(String),
}

/// Delivers what is due of an issue. What is put off is delivered by a job of its time.
///
/// # Errors
/// Where the database fails.
pub async fn deliver(app: &App, job: Deliver) -> Result<(), Failed> {
    let Some(edition) = load(app, job).await? else { return Ok(()) };
    let mut session = app.mailer.session();
    let ended = run(app, &edition, &mut session).await;
    session.close().await;
    let look_again_at = match ended? {
        Next::Wait => Some(app.clock.now() + WITHOUT_SERVER),
        Next::Stop(problem) => {
            deliveries::pause(&app.db, edition.issue.id, &problem, app.clock.now()).await?;
            tracing::warn!(issue = %edition.issue.id.0, problem, "sending stopped: the mail server refuses us");
            None
        }
        Next::Mail => deliveries::next_due(&app.db, edition.issue.id).await?,
    };
    match look_again_at {
        Some(moment) => {
            let moment = moment.max(app.clock.now() + TimeDelta::seconds(1));
            app.queue.enqueue_once_at(&app.db, &job.key(), &job, moment).await?;
        }
        None => deliveries::finish(&app.db, edition.issue.id, app.clock.now()).await?,
    }
    Ok(())
}

/// The issue, where it is being sent.
async fn load(app: &App, job: Deliver) -> Result<Option<Edition>, Failed> {
    let staff = store::issue_in_our_name(&app.db, job.issue).await?;
    let Some(issue) = staff.filter(|issue| issue.status == NewsletterIssueStatus::Sending) else { return Ok(None) };
    Edition::load(app, issue).await
}

async fn run(app: &App, edition: &Edition, session: &mut Session) -> Result<Next, Failed> {
    let lease = TimeDelta::seconds(i64::from(app.config.job_lease_seconds));
    loop {
        // Somebody may have stopped it.
        let now = app.clock.now();
        let is_on = store::issue_in_our_name(&app.db, edition.issue.id).await?.is_some_and(is_being_sent);
        let batch = if is_on { lines::take(&app.db, edition.issue.id, AT_ONCE, now, now + lease).await? } else { Vec::new() };
        if batch.is_empty() {
            return Ok(Next::Mail);
        }
        let mut until = now + lease;
        for (at, line) in batch.iter().enumerate() {
            until = keep(app, edition, &batch[at..], until, lease).await?;
            match one(app, edition, session, line).await? {
                Next::Mail => {}
                other => {
                    let rest = batch[at..].iter().map(|line| line.subscription_id).collect();
                    lines::keep(&app.db, edition.issue.id, rest, None).await?;
                    return Ok(other);
                }
            }
        }
    }
}

fn is_being_sent(issue: newsletter_issue::Model) -> bool {
    issue.status == NewsletterIssueStatus::Sending
}

/// Keeps what is left of a batch, once half of its lease has passed: servers can be slow.
async fn keep(app: &App, edition: &Edition, rest: &[Taken], until: DateTime<Utc>, lease: TimeDelta) -> Result<DateTime<Utc>, Failed> {
    let now = app.clock.now();
    if until - now > lease / 2 {
        return Ok(until);
    }
    let ids = rest.iter().map(|line| line.subscription_id).collect();
    lines::keep(&app.db, edition.issue.id, ids, Some(now + lease)).await?;
    Ok(now + lease)
}

/// Sends to one reader, and writes down what became of it.
async fn one(app: &App, edition: &Edition, session: &mut Session, line: &Taken) -> Result<Next, Failed> {
    let (issue, hash) = (edition.issue.id, app.links.keyed_hash("address", &line.email));
    // Looked at now, as the reader may have left since the line was taken.
    let standing = lines::standing(&app.db, issue, line.subscription_id, &hash).await?;
    let Some(standing) = standing.filter(|standing| is_open(standing.delivery)) else { return Ok(Next::Mail) };
    let outcome = match must_not_be_sent(standing) {
        Some(status) => Outcome::over(status, None),
        None => match send(app, edition, session, line).await {
            Ok(outcome) => outcome,
            Err(next) => return Ok(next),
        },
    };
    let now = app.clock.now();
    if outcome.status != DeliveryStatus::Bounced {
        lines::record(&app.db, issue, line.subscription_id, outcome, now).await?;
        return Ok(Next::Mail);
    }
    let writing = app.begin_write().await?;
    let is_gone = outcome.is_gone;
    lines::record(&*writing, issue, line.subscription_id, outcome, now).await?;
    if is_gone || is_given_up(&lines::bounces(&*writing, line.subscriber_id).await?) {
        readers::suppress(&*writing, hash, line.subscriber_id, SuppressionReason::Bounced, now).await?;
    }
    writing.commit().await?;
    Ok(Next::Mail)
}

fn is_open(status: DeliveryStatus) -> bool {
    matches!(status, DeliveryStatus::Queued | DeliveryStatus::Deferred)
}

/// What becomes of a line that is not sent any more.
fn must_not_be_sent(standing: Standing) -> Option<DeliveryStatus> {
    match standing.subscription {
        SubscriptionStatus::Suppressed => Some(DeliveryStatus::Suppressed),
        SubscriptionStatus::Pending | SubscriptionStatus::Ended => Some(DeliveryStatus::Unsubscribed),
        SubscriptionStatus::Confirmed => standing.is_suppressed.then_some(DeliveryStatus::Suppressed),
    }
}

/// Hands the mail to the server. What is no matter of this reader is one for the lane.
async fn send(app: &App, edition: &Edition, session: &mut Session, line: &Taken) -> Result<Outcome, Next> {
    if Address::parse(&line.email).is_err() {
        return Ok(Outcome::over(DeliveryStatus::Failed, Some("the reader's address is none".to_owned())));
    }
    // What is wrong with it now is wrong for all readers.
    let message = edition.message(app, line).map_err(|failed| Next::Stop(failed.text().to_owned()))?;
    match session.send(&message).await {
        Ok(_) => Ok(Outcome::over(DeliveryStatus::Sent, None)),
        Err(failure) => what_became(app, edition, line, &failure),
    }
}

/// What a failure means for this line; or, where it is no matter of this reader, for the lane.
fn what_became(app: &App, edition: &Edition, line: &Taken, failure: &Failure) -> Result<Outcome, Next> {
    // Its text has codes, and nobody's address.
    let error = Some(failure.to_string());
    match failure {
        Failure::Later { .. } | Failure::Uncertain { .. } => {
            let started_at = edition.issue.started_at.unwrap_or(edition.issue.created_at);
            let next_at = next_attempt(line.attempts + 1, started_at, app.clock.now());
            let status = if next_at.is_some() { DeliveryStatus::Deferred } else { DeliveryStatus::Failed };
            Ok(Outcome { next_at, ..Outcome::over(status, error) })
        }
        Failure::Recipient { refusal, .. } => {
            Ok(Outcome { is_gone: *refusal == Refusal::Gone, ..Outcome::over(DeliveryStatus::Bounced, error) })
        }
        Failure::Unsendable(_) => Ok(Outcome::over(DeliveryStatus::Failed, error)),
        Failure::Unreachable { .. } => Err(Next::Wait),
        Failure::Sender { .. } => Err(Next::Stop(failure.to_string())),
    }
}
