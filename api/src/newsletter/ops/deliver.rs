//! Delivering an issue: a lane takes lines of its ledger, sends, and writes down what became of each, until nothing is due.

use chrono::{DateTime, TimeDelta, Utc};
use entity::newsletter_issue;
use entity::words::{DeliveryStatus, NewsletterIssueStatus, SubscriptionStatus, SuppressionReason};
use jobs::Failed;
use mailer::{Failure, Refusal, Session};

use crate::app::App;
use crate::newsletter::jobs::Deliver;
use crate::newsletter::mail::Edition;
use crate::newsletter::rules::next_attempt;
use crate::newsletter::store::deliveries::{self, Outcome, Taken};
use crate::newsletter::store::{self, readers};

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
        Some(moment) => _ = app.queue.enqueue_at(&app.db, &job, moment.max(app.clock.now() + TimeDelta::seconds(1))).await?,
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
        let batch = if is_on { deliveries::take(&app.db, edition.issue.id, AT_ONCE, now, now + lease).await? } else { Vec::new() };
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
                    deliveries::keep(&app.db, edition.issue.id, rest, None).await?;
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
    deliveries::keep(&app.db, edition.issue.id, ids, Some(now + lease)).await?;
    Ok(now + lease)
}

/// Sends to one reader, and writes down what became of it.
async fn one(app: &App, edition: &Edition, session: &mut Session, line: &Taken) -> Result<Next, Failed> {
    let hash = app.links.keyed_hash("address", &line.email);
    let (outcome, next) = if line.status != SubscriptionStatus::Confirmed {
        (
            done(if line.status == SubscriptionStatus::Suppressed { DeliveryStatus::Suppressed } else { DeliveryStatus::Unsubscribed }),
            Next::Mail,
        )
    } else if readers::is_suppressed(&app.db, &hash).await? {
        (done(DeliveryStatus::Suppressed), Next::Mail)
    } else {
        let message = edition.message(app, line)?;
        match session.send(&message).await {
            Ok(_) => (done(DeliveryStatus::Sent), Next::Mail),
            Err(failure) => {
                if let Failure::Recipient { refusal: Refusal::Gone, .. } = &failure {
                    readers::suppress(&app.db, hash, line.subscriber_id, SuppressionReason::Bounced, app.clock.now()).await?;
                }
                match what_became(app, edition, line, &failure) {
                    Ok(outcome) => (outcome, Next::Mail),
                    Err(next) => return Ok(next),
                }
            }
        }
    };
    deliveries::record(&app.db, edition.issue.id, line.subscription_id, outcome, app.clock.now()).await?;
    Ok(next)
}

fn done(status: DeliveryStatus) -> Outcome {
    Outcome { status, next_at: None, error: None }
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
            Ok(Outcome { status, next_at, error })
        }
        Failure::Recipient { .. } => Ok(Outcome { status: DeliveryStatus::Bounced, next_at: None, error }),
        Failure::Unsendable(_) => Ok(Outcome { status: DeliveryStatus::Failed, next_at: None, error }),
        Failure::Unreachable { .. } => Err(Next::Wait),
        Failure::Sender { .. } => Err(Next::Stop(failure.to_string())),
    }
}
