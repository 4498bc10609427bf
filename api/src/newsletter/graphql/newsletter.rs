//! A newsletter in GraphQL.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use entity::newsletter;

use super::{NewsletterIssue, NewsletterSubscriptionConnection, NewsletterSubscriptionWhere};
use crate::access::Action;
use crate::events::graphql::words::Visibility;
use crate::feeds::graphql::FeedLinks;
use crate::gql::connection::wants_total;
use crate::gql::id::Global;
use crate::gql::scalars::{EmailAddress, WebUrl};
use crate::gql::{ContextExt, connection, or_code};
use crate::kernel::{Fault, Page};
use crate::newsletter::store;
use crate::organisations::graphql::Organisation;

/// What an organisation sends to those who asked for it.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Newsletter {
    /// Global id.
    pub id: ID,
    /// Raised by every change.
    revision: i32,
    /// Readable part of its address.
    slug: String,
    /// Name.
    name: String,
    /// What one gets, and how often.
    description: String,
    /// PUBLIC: anyone may subscribe, with a public archive; MEMBERS: people of member organisations.
    visibility: Visibility,
    /// Who gets the answers of readers; its organisation where null.
    reply_to: Option<EmailAddress>,
    /// The row.
    #[graphql(skip)]
    pub row: Arc<newsletter::Model>,
}

connection! {
    /// A page of issues of a newsletter.
    NewsletterIssueConnection, NewsletterIssueEdge, NewsletterIssue
}

impl From<newsletter::Model> for Newsletter {
    fn from(row: newsletter::Model) -> Self {
        Self {
            id: row.id.to_global(),
            revision: row.revision,
            slug: row.slug.clone(),
            name: row.name.clone(),
            description: row.description.clone(),
            visibility: row.visibility.into(),
            reply_to: row.reply_to.clone().map(EmailAddress::from),
            row: Arc::new(row),
        }
    }
}

#[ComplexObject]
impl Newsletter {
    /// Its page.
    async fn url(&self, ctx: &Context<'_>) -> WebUrl {
        WebUrl(ctx.cx().app.url(&format!("/newsletters/{}", self.slug)))
    }

    /// Where to follow its issues without an address of one's own; null where it is not for everybody.
    async fn feeds(&self, ctx: &Context<'_>) -> Option<FeedLinks> {
        (self.row.visibility == entity::words::Visibility::Public).then(|| FeedLinks::of_newsletter(&ctx.cx().app, &self.slug))
    }

    /// Who sends it, and answers for its readers' data.
    async fn organisation(&self, ctx: &Context<'_>) -> Result<Organisation> {
        ctx.load_sure(self.row.organisation_id).await
    }

    /// Issues that went out, newest first; its editors see the others too.
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn issues(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<NewsletterIssueConnection> {
        let cx = ctx.cx();
        let load = async {
            let page = Page { first, after, last, before }.parse("newsletter issues")?;
            Ok::<_, Fault>(store::issues(cx.db(), &cx.viewer, self.row.id, &page, wants_total(ctx)).await?)
        };
        Ok(load.await.map_err(|fault| or_code(cx, &fault))?.map(NewsletterIssue::from).into())
    }

    /// Who reads it, or did, the latest request first; what else they read is no business of its editors (its editors).
    #[graphql(complexity = "crate::gql::list_cost(first, last, child_complexity)")]
    async fn subscriptions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, up to 100; 20 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, up to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "What the list is narrowed to.")] r#where: Option<NewsletterSubscriptionWhere>,
    ) -> Result<Option<NewsletterSubscriptionConnection>> {
        let cx = ctx.cx();
        cx.authorise(&Action::EditNewsletter(self.row.organisation_id)).map_err(|refused| or_code(cx, &refused.into()))?;
        let page = Page { first, after, last, before };
        Ok(Some(NewsletterSubscriptionConnection::of_newsletter(ctx, self.row.id, page, r#where).await?))
    }

    /// Readers who confirmed (its editors).
    async fn subscriber_count(&self, ctx: &Context<'_>) -> Result<Option<u64>> {
        let cx = ctx.cx();
        let count = async {
            cx.authorise(&Action::EditNewsletter(self.row.organisation_id))?;
            Ok::<_, Fault>(store::count_readers(cx.db(), self.row.id).await?)
        };
        Ok(Some(count.await.map_err(|fault| or_code(cx, &fault))?))
    }
}
