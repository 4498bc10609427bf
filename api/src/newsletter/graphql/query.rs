//! Queries of newsletters.

use async_graphql::{Context, Object, Result};

use super::{Newsletter, NewsletterIssue, Subscriber};
use crate::gql::{ContextExt, or_code};
use crate::newsletter::{ops, store};

/// Queries of newsletters.
#[derive(Debug, Default)]
pub struct NewsletterQuery;

#[Object]
impl NewsletterQuery {
    /// The newsletter with this slug.
    async fn newsletter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Readable part of its address.")] slug: String,
    ) -> Result<Option<Newsletter>> {
        let cx = ctx.cx();
        let found = store::by_slug(cx.db(), &cx.viewer, &slug.replace('\0', "")).await.map_err(|error| or_code(cx, &error.into()))?;
        Ok(found.map(Newsletter::from))
    }

    /// Every newsletter, by name.
    async fn newsletters(&self, ctx: &Context<'_>) -> Result<Vec<Newsletter>> {
        let cx = ctx.cx();
        let found = store::all(cx.db(), &cx.viewer).await.map_err(|error| or_code(cx, &error.into()))?;
        Ok(found.into_iter().map(Newsletter::from).collect())
    }

    /// The issue with this slug.
    async fn newsletter_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Readable part of its address.")] slug: String,
    ) -> Result<Option<NewsletterIssue>> {
        let cx = ctx.cx();
        let found = store::issue_by_slug(cx.db(), &cx.viewer, &slug.replace('\0', "")).await.map_err(|error| or_code(cx, &error.into()))?;
        Ok(found.map(NewsletterIssue::from))
    }

    /// By the secret in a newsletter's mails; null for any other text.
    async fn subscriber_by_token(&self, ctx: &Context<'_>, #[graphql(desc = "The secret.")] token: String) -> Result<Option<Subscriber>> {
        let found = ops::by_token(&ctx.cx().app, &token).await.map_err(|fault| or_code(ctx.cx(), &fault))?;
        Ok(found.map(Subscriber::from))
    }
}
