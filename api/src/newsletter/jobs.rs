//! What happens later: asking to confirm, delivering an issue, forgetting requests that nobody confirmed.

use std::time::Duration;

use chrono::{DateTime, Utc};
use entity::id::{NewsletterIssueId, SubscriberId};
use jobs::{Job, Retry};
use serde::{Deserialize, Serialize};

/// Decides whether an address is asked to confirm what was requested for it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct AskToConfirm {
    /// Whose address.
    pub subscriber: SubscriberId,
    /// Whether it was put off, as the address had just been written to: then nobody waits to hear that all is confirmed.
    #[serde(default)]
    pub was_put_off: bool,
}

impl Job for AskToConfirm {
    const KIND: &'static str = "newsletter.ask_to_confirm";
}

/// Writes the mail that asks an address to confirm, or tells it that all is confirmed.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct WriteRequest {
    /// Whose address.
    pub subscriber: SubscriberId,
    /// When that was decided: the mail is about what was requested until then.
    pub asked_at: DateTime<Utc>,
    /// Whether something is to be confirmed.
    pub asks: bool,
}

impl Job for WriteRequest {
    const KIND: &'static str = "newsletter.write_request";
}

/// Delivers an issue over one connection, beside other lanes.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Deliver {
    /// The issue.
    pub issue: NewsletterIssueId,
    /// Which of the lanes, from 0.
    pub lane: u32,
}

impl Deliver {
    /// One job of a lane waits at a time.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}.{}", self.issue.0.simple(), self.lane)
    }
}

impl Job for Deliver {
    const KIND: &'static str = "newsletter.deliver";
    /// For as long as the issue is on its way: processes that are killed one after another are no reason to give it up.
    const RETRY: Retry = Retry { attempts: u32::MAX, longest: Duration::from_mins(10), ..Retry::USUAL };
}

/// Forgets, every day, requests that nobody confirmed in time.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Forget {}

impl Job for Forget {
    const KIND: &'static str = "newsletter.forget";
}

/// Sends an issue at the moment that was chosen.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SendWhenDue {
    /// Which.
    pub issue: NewsletterIssueId,
}

impl Job for SendWhenDue {
    const KIND: &'static str = "newsletter.send_when_due";
}

/// Looks, every few minutes, for issues that are being sent though nobody works on them: those of jobs that were given up.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Tend {}

impl Job for Tend {
    const KIND: &'static str = "newsletter.tend";
}
