//! A lane: one connection, and one mail after the other.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entity::words::{DeliveryStatus, NewsletterIssueStatus, SubscriptionStatus};
use jobs::Failed;
use mailer::{Address, Failure, Refusal, Session};
use tokio::task::JoinHandle;

use super::note::Noted;
use super::pace::{Asked, Pace, Turn, allowance};
use super::{End, look, note};
use crate::app::App;
use crate::kernel::Fault;
use crate::live::Change;
use crate::newsletter::mail::Edition;
use crate::newsletter::rules::next_attempt;
use crate::newsletter::store::deliveries;
use crate::newsletter::store::lines::{self, Outcome, Standing, Taken};

/// Lines that a lane takes at once.
const AT_ONCE: u64 = 25;
/// A lane that waits for its turn looks after its lease this often.
const AT_MOST: Duration = Duration::from_secs(1);

/// How a lane goes on after a mail.
enum Next {
    Mail,
    Over(End),
}

/// A mail that could not be handed over for a reason that is no matter of its reader.
enum Trouble {
    NoServer,
    /// The server refuses us: nobody gets this issue before somebody has looked.
    Refused(String),
}

/// What a lane has taken, and until when.
struct Batch<'a> {
    app: &'a App,
    edition: &'a Edition,
    until: DateTime<Utc>,
    /// The mail before, which is being written down while the next is on its way: what a process that is killed leaves in doubt.
    noting: Option<JoinHandle<Result<(), Fault>>>,
}

/// Works until nothing is due.
///
/// # Errors
/// Where the database fails.
pub(super) async fn run(app: App, edition: Arc<Edition>) -> Result<End, Failed> {
    let mut session = app.mailer.session();
    let end = work(&app, &edition, &mut session).await;
    session.close().await;
    end
}

async fn work(app: &App, edition: &Edition, session: &mut Session) -> Result<End, Failed> {
    loop {
        let most = match allowance(app, AT_ONCE).await? {
            Ok(most) => most,
            Err(at) => return Ok(End::NotNow(at)),
        };
        let until = app.clock.now() + lease(app);
        let writing = app.begin_write().await?;
        let taken = lines::take(&*writing, edition.issue.id, most, app.clock.now(), until).await?;
        writing.commit().await?;
        if taken.is_empty() {
            return Ok(End::Done);
        }
        let mut batch = Batch { app, edition, until, noting: None };
        for (at, line) in taken.iter().enumerate() {
            match batch.one(session, &taken[at..], line).await? {
                Next::Mail => {}
                Next::Over(end) => {
                    batch.noted().await?;
                    batch.keep(&taken[at..], None).await?;
                    return Ok(end);
                }
            }
        }
        batch.noted().await?;
    }
}

fn lease(app: &App) -> TimeDelta {
    TimeDelta::seconds(i64::from(app.config.job_lease_seconds))
}

impl Batch<'_> {
    /// Sends to one reader, and writes down what became of it.
    async fn one(&mut self, session: &mut Session, rest: &[Taken], line: &Taken) -> Result<Next, Failed> {
        let turn = match self.turn(rest, line).await? {
            Ok(turn) => turn,
            Err(at) => return self.note(line, Outcome::put_off(line, at)).await,
        };
        // Looked at now, as the reader may have left, and the issue have been stopped, since the line was taken.
        let Some(standing) = look::at(self.app, self.edition.issue.id, line.subscription_id, self.hash(line)).await? else {
            return Ok(Next::Mail);
        };
        if standing.issue != NewsletterIssueStatus::Sending {
            return Ok(Next::Over(End::Halted));
        }
        if !matches!(standing.delivery, DeliveryStatus::Queued | DeliveryStatus::Deferred) {
            return Ok(Next::Mail);
        }
        if let Some(status) = must_not_be_sent(standing) {
            return self.note(line, Outcome::over(status, None)).await;
        }
        match self.send(session, line, &turn).await {
            Ok(outcome) => self.note(line, outcome).await,
            Err(Trouble::NoServer) => Ok(Next::Over(End::NoServer)),
            Err(Trouble::Refused(problem)) => self.stop(&problem).await,
        }
    }

    /// The turn of a mail; or when it is put off to.
    async fn turn(&mut self, rest: &[Taken], line: &Taken) -> Result<Result<Turn, DateTime<Utc>>, Failed> {
        let pace = self.app.shared::<Pace>();
        let domain = line.email.rsplit_once('@').map_or("", |(_, domain)| domain);
        loop {
            // Servers can be slow, and turns rare: what is left of a batch is kept, once half of its lease has passed.
            let now = self.app.clock.now();
            if self.until - now < lease(self.app) / 2 {
                self.keep(rest, Some(now + lease(self.app))).await?;
            }
            match pace.ask(&self.app.config.delivery, domain, now) {
                Asked::Turn(turn) => return Ok(Ok(turn)),
                Asked::PutOff(at) => return Ok(Err(at)),
                Asked::Wait(wait) => tokio::time::sleep(wait.min(AT_MOST)).await,
            }
        }
    }

    /// Keeps lines for longer, or gives them back.
    async fn keep(&mut self, lines: &[Taken], until: Option<DateTime<Utc>>) -> Result<(), Failed> {
        let ids = lines.iter().map(|line| line.subscription_id).collect();
        let writing = self.app.begin_write().await?;
        lines::keep(&*writing, self.edition.issue.id, ids, until).await?;
        writing.commit().await?;
        self.until = until.unwrap_or(self.until);
        Ok(())
    }

    /// Has written down what became of a mail, once that of the one before is.
    async fn note(&mut self, line: &Taken, outcome: Outcome) -> Result<Next, Failed> {
        self.noted().await?;
        let noted = Noted { line: line.subscription_id, reader: line.subscriber_id, hash: self.hash(line), outcome };
        let (app, issue) = (self.app.clone(), self.edition.issue.id);
        self.noting = Some(tokio::spawn(async move { note::down(&app, issue, noted).await }));
        Ok(Next::Mail)
    }

    /// Waits until what became of the last mail is written down.
    async fn noted(&mut self) -> Result<(), Failed> {
        if let Some(noting) = self.noting.take() {
            noting.await.map_err(|stopped| Failed::again(stopped.to_string()))??;
        }
        Ok(())
    }

    /// Stops the issue, and says why.
    async fn stop(&self, problem: &str) -> Result<Next, Failed> {
        let id = self.edition.issue.id;
        let writing = self.app.begin_write().await?;
        deliveries::pause(&*writing, id, problem, self.app.clock.now()).await?;
        writing.announce(Change::Issue { issue: id });
        writing.commit().await?;
        tracing::warn!(issue = %id.0, problem, "sending stopped: the mail server refuses us");
        Ok(Next::Over(End::Halted))
    }

    /// Hands the mail to the server.
    async fn send(&self, session: &mut Session, line: &Taken, turn: &Turn) -> Result<Outcome, Trouble> {
        if Address::parse(&line.email).is_err() {
            return Ok(Outcome::over(DeliveryStatus::Failed, Some("the reader's address is none".to_owned())));
        }
        // What is wrong with it now is wrong for all readers.
        let message = self.edition.message(self.app, line).map_err(|failed| Trouble::Refused(failed.text().to_owned()))?;
        match session.send(&message).await {
            Ok(_) => {
                turn.listened();
                Ok(Outcome::over(DeliveryStatus::Sent, None))
            }
            Err(failure) => self.what_became(line, &failure, turn),
        }
    }

    /// What a failure means for this line; or, where it is no matter of this reader, for the lane.
    fn what_became(&self, line: &Taken, failure: &Failure, turn: &Turn) -> Result<Outcome, Trouble> {
        // Its text has codes, and nobody's address.
        let (error, now) = (Some(failure.to_string()), self.app.clock.now());
        match failure {
            Failure::Later { .. } | Failure::Uncertain { .. } => {
                if matches!(failure, Failure::Later { .. }) {
                    turn.was_put_off(now);
                }
                let issue = &self.edition.issue;
                let next_at = next_attempt(line.attempts + 1, issue.started_at.unwrap_or(issue.created_at), now);
                let status = if next_at.is_some() { DeliveryStatus::Deferred } else { DeliveryStatus::Failed };
                Ok(Outcome { next_at, ..Outcome::over(status, error) })
            }
            Failure::Recipient { refusal, .. } => {
                turn.listened();
                Ok(Outcome { is_gone: *refusal == Refusal::Gone, ..Outcome::over(DeliveryStatus::Bounced, error) })
            }
            Failure::Unsendable(_) => Ok(Outcome::over(DeliveryStatus::Failed, error)),
            Failure::Unreachable { .. } => Err(Trouble::NoServer),
            Failure::Sender { .. } => Err(Trouble::Refused(failure.to_string())),
        }
    }

    fn hash(&self, line: &Taken) -> String {
        self.app.links.keyed_hash("address", &line.email)
    }
}

/// What becomes of a line that is not sent any more.
fn must_not_be_sent(standing: Standing) -> Option<DeliveryStatus> {
    match standing.subscription {
        SubscriptionStatus::Suppressed => Some(DeliveryStatus::Suppressed),
        SubscriptionStatus::Pending | SubscriptionStatus::Ended => Some(DeliveryStatus::Unsubscribed),
        SubscriptionStatus::Confirmed => standing.is_suppressed.then_some(DeliveryStatus::Suppressed),
    }
}
