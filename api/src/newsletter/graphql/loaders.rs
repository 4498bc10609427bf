//! What newsletters load in batches.

use entity::id::{NewsletterId, NewsletterIssueId, SubscriberId};
use entity::{newsletter, newsletter_issue_text, newsletter_subscription};

use super::{Newsletter, NewsletterIssue};
use crate::gql::loader::{objects, parts};
use crate::newsletter::store::{self, parts};

objects! {
    NewsletterId => Newsletter = |cx, ids| store::by_ids(cx.db(), &cx.viewer, ids);
    NewsletterIssueId => NewsletterIssue = |cx, ids| store::issues_by_ids(cx.db(), &cx.viewer, ids);
}

parts! {
    /// The texts of an issue, in all languages.
    IssueTexts(NewsletterIssueId) => Vec<newsletter_issue_text::Model> = |cx, ids| parts::texts(cx.db(), ids);
    /// What a reader gets, wanted to, or did.
    SubscriptionsOf(SubscriberId) => Vec<newsletter_subscription::Model> = |cx, ids| parts::subscriptions(cx.db(), ids);
    /// A newsletter that somebody reads: they keep seeing it, whoever else may.
    ReadNewsletter(NewsletterId) => newsletter::Model = |cx, ids| parts::read_ones(cx.db(), ids);
}
