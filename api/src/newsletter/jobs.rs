//! What happens later: asking to confirm, delivering an issue, forgetting requests that nobody confirmed.

use entity::id::{NewsletterIssueId, SubscriberId};
use jobs::Job;
use serde::{Deserialize, Serialize};

/// Asks an address to confirm what was requested for it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct AskToConfirm {
    /// Whose address.
    pub subscriber: SubscriberId,
}

impl Job for AskToConfirm {
    const KIND: &'static str = "newsletter.ask_to_confirm";
}

/// Delivers an issue over one connection, beside other lanes.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Deliver {
    /// The issue.
    pub issue: NewsletterIssueId,
    /// Which of the lanes, from 0.
    pub lane: u32,
}

impl Job for Deliver {
    const KIND: &'static str = "newsletter.deliver";
}

/// Forgets, every day, requests that nobody confirmed in time.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Forget {}

impl Job for Forget {
    const KIND: &'static str = "newsletter.forget";
}
