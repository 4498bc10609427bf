//! Subscriptions to issues.

use async_graphql::{Context, ID, Result, Subscription};
use futures_util::{Stream, StreamExt};

use super::NewsletterIssue;
use crate::gql::{ContextExt, input, or_code};
use crate::newsletter::ops::issue;

/// Subscriptions to issues.
#[derive(Debug, Default)]
pub struct NewsletterSubscriptions;

#[Subscription]
impl NewsletterSubscriptions {
    /// An issue, as its deliveries advance, twice a second at the most (its editors). It ends when the viewer signs out or their rights
    /// change.
    async fn newsletter_issue_progressed<'ctx>(
        &self,
        ctx: &Context<'ctx>,
        #[graphql(desc = "Which.")] id: ID,
    ) -> Result<impl Stream<Item = Result<NewsletterIssue>> + use<'ctx>> {
        let cx = ctx.cx().clone();
        let watched = issue::watch(&cx, input::named(ctx, &id)?).await.map_err(|fault| or_code(&cx, &fault))?;
        Ok(watched.map(move |row| row.map(NewsletterIssue::from).map_err(|fault| or_code(&cx, &fault))))
    }
}
