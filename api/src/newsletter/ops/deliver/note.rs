//! Writing down what became of mails: lanes that have something to write at the same time share a transaction, and with it a flush of the
//! disk. A lane has one mail on its way and one being written down, so that a process that is killed leaves no more in doubt than that.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use entity::id::{NewsletterIssueId, SubscriberId, SubscriptionId};
use entity::words::{DeliveryStatus, SuppressionReason};

use crate::app::{App, Writing};
use crate::db::together::Together;
use crate::kernel::Fault;
use crate::live::Change;
use crate::newsletter::rules::is_given_up;
use crate::newsletter::store::lines::{self, Outcome};
use crate::newsletter::store::readers;

/// Who watches an issue is told no more often than this.
const PACE: Duration = Duration::from_millis(500);
/// How often it is tried to write down what became of a mail before it is given up: what cannot be written down is sent again.
const TRIES: u32 = 5;
/// How long after the first try comes the second; each time twice as long.
const AGAIN: Duration = Duration::from_millis(200);

/// What became of a mail.
#[derive(Clone, Debug)]
pub struct Noted {
    /// Which line of the ledger.
    pub line: SubscriptionId,
    /// Whose.
    pub reader: SubscriberId,
    /// The keyed hash of their address.
    pub hash: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// Lanes that have something to write down.
type Notes = Together<NewsletterIssueId, Noted, Result<(), Fault>>;

/// When who watches was last told of each issue.
#[derive(Debug, Default)]
struct Told(Mutex<HashMap<NewsletterIssueId, Instant>>);

impl Told {
    /// Whether it is time to tell again.
    fn is_due(&self, issue: NewsletterIssueId, now: Instant) -> bool {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.retain(|_, at| now.saturating_duration_since(*at) < PACE);
        if told.contains_key(&issue) {
            return false;
        }
        told.insert(issue, now);
        true
    }
}

/// Writes down what became of a mail.
///
/// # Errors
/// Where the database fails, over and over.
pub async fn down(app: &App, issue: NewsletterIssueId, noted: Noted) -> Result<(), Fault> {
    let of = app.clone();
    let notes = app.shared::<Notes>();
    let written = notes.ask(issue, noted, move |noted| {
        let app = of.clone();
        async move {
            let written = until_written(&app, issue, &noted).await;
            vec![written; noted.len()]
        }
    });
    written.await.unwrap_or_else(|| Err(Fault::Broken("nobody wrote down what became of a mail".to_owned())))
}

async fn until_written(app: &App, issue: NewsletterIssueId, noted: &[Noted]) -> Result<(), Fault> {
    let mut tries = 1;
    loop {
        match all(app, issue, noted).await {
            Err(_) if tries < TRIES => {
                tokio::time::sleep(AGAIN * 2_u32.pow(tries)).await;
                tries += 1;
            }
            written => return written,
        }
    }
}

async fn all(app: &App, issue: NewsletterIssueId, noted: &[Noted]) -> Result<(), Fault> {
    let now = app.clock.now();
    let writing = app.begin_write().await?;
    let (sent, others): (Vec<&Noted>, Vec<&Noted>) = noted.iter().partition(|noted| noted.outcome.status == DeliveryStatus::Sent);
    if !sent.is_empty() {
        lines::record_sent(&*writing, issue, sent.iter().map(|noted| noted.line).collect(), now).await?;
    }
    for noted in others {
        lines::record(&*writing, issue, noted.line, noted.outcome.clone(), now).await?;
        if noted.outcome.status == DeliveryStatus::Bounced {
            suppress_where_gone(app, &writing, noted).await?;
        }
    }
    if app.shared::<Told>().is_due(issue, Instant::now()) {
        writing.announce(Change::Issue { issue });
    }
    Ok(writing.commit().await?)
}

async fn suppress_where_gone(app: &App, writing: &Writing, noted: &Noted) -> Result<(), Fault> {
    if noted.outcome.is_gone || is_given_up(&lines::bounces(&**writing, noted.reader).await?) {
        readers::suppress(&**writing, noted.hash.clone(), noted.reader, SuppressionReason::Bounced, app.clock.now()).await?;
    }
    Ok(())
}
