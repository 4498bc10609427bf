//! Enums of newsletters.

use async_graphql::Enum;

/// How far an issue is. PAUSED also where sending stopped itself, e.g. because servers refuse the sender; `delivery.problem` says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::NewsletterIssueStatus")]
pub enum NewsletterIssueStatus {
    /// Being written.
    Draft,
    /// To be sent at a moment ahead.
    Scheduled,
    /// On its way.
    Sending,
    /// On its way, and stopped.
    Paused,
    /// At its readers.
    Sent,
    /// Given up.
    Cancelled,
}

/// How a subscription stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::SubscriptionStatus")]
pub enum SubscriptionStatus {
    /// Requested, and not confirmed yet.
    Pending,
    /// The reader gets it.
    Confirmed,
    /// The reader left.
    Ended,
    /// The address bounced, or its owner complained.
    Suppressed,
}
