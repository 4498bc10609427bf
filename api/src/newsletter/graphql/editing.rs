//! Mutations of newsletters and their issues: what editors do.

use async_graphql::{Context, ID, Object, Result};
use entity::id::{NewsletterId, NewsletterIssueId};

use super::edit::{NewsletterCreateInput, NewsletterIssueInput, NewsletterUpdateInput};
use super::{Newsletter, NewsletterIssue};
use crate::gql::input::{self, named};
use crate::gql::scalars::{DateTime, EmailAddress};
use crate::gql::{ContextExt, DeletePayload, payload};
use crate::newsletter::ops::{self, issue};

payload! {
    /// The newsletter as it now is, or what to put right.
    NewsletterPayload {
        /// As it now is; null where it was refused.
        newsletter: Newsletter
    }
}

payload! {
    /// The issue as it now is, or what to put right.
    NewsletterIssuePayload {
        /// As it now is; null where it was refused.
        issue: NewsletterIssue
    }
}

/// Mutations of newsletters and their issues, for editors of their organisation.
#[derive(Debug, Default)]
pub struct NewsletterEditing;

#[Object]
impl NewsletterEditing {
    /// Begins a newsletter (its organisation's editors).
    async fn newsletter_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The newsletter.")] input: NewsletterCreateInput,
    ) -> Result<NewsletterPayload> {
        NewsletterPayload::of(ctx, ops::create(ctx.cx(), input.read()).await)
    }

    /// Changes a newsletter (its editors).
    async fn newsletter_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "What was seen of it: STALE_REVISION where somebody has changed it since.")] expected_revision: Option<i32>,
        #[graphql(desc = "What is left out stays; null clears.")] input: NewsletterUpdateInput,
    ) -> Result<NewsletterPayload> {
        let id: NewsletterId = named(ctx, &id)?;
        NewsletterPayload::of(ctx, ops::change(ctx.cx(), id, expected_revision, input.read()).await)
    }

    /// Begins an issue, as a draft (its newsletter's editors).
    async fn newsletter_issue_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which newsletter.")] newsletter_id: ID,
        #[graphql(desc = "The issue.")] input: NewsletterIssueInput,
    ) -> Result<NewsletterIssuePayload> {
        let id: NewsletterId = named(ctx, &newsletter_id)?;
        NewsletterIssuePayload::of(ctx, issue::create(ctx.cx(), id, input.read()).await)
    }

    /// Begins an issue made of the posts since the last one and the events ahead, of its organisation, or of everybody where that is the
    /// network's own. Refused with INVALID where there is nothing to tell (its newsletter's editors).
    async fn newsletter_issue_draft_digest(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which newsletter.")] newsletter_id: ID,
        #[graphql(desc = "Posts from then on; since the last issue, or 30 days ago, where left out.")] since: Option<DateTime>,
        #[graphql(desc = "Dates until then; 35 days ahead where left out.")] until: Option<DateTime>,
    ) -> Result<NewsletterIssuePayload> {
        let id: NewsletterId = named(ctx, &newsletter_id)?;
        let (since, until) = (since.map(DateTime::to_utc), until.map(DateTime::to_utc));
        NewsletterIssuePayload::of(ctx, issue::draft_digest(ctx.cx(), id, since, until).await)
    }

    /// Changes an issue that nobody has yet; one that waits for its moment goes on waiting (its editors).
    async fn newsletter_issue_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "What was seen of it: STALE_REVISION where somebody has changed it since.")] expected_revision: Option<i32>,
        #[graphql(desc = "What it is to be.")] input: NewsletterIssueInput,
    ) -> Result<NewsletterIssuePayload> {
        let id: NewsletterIssueId = named(ctx, &id)?;
        NewsletterIssuePayload::of(ctx, issue::update(ctx.cx(), id, expected_revision, input.read()).await)
    }

    /// Mails an issue to a few addresses to try it out, in each of its languages, with links that are nobody's (its editors).
    async fn newsletter_issue_send_test(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "To whom, up to 5.")] to: Vec<EmailAddress>,
    ) -> Result<NewsletterIssuePayload> {
        let id: NewsletterIssueId = named(ctx, &id)?;
        let to = to.iter().map(|address| input::email(&address.0)).collect();
        NewsletterIssuePayload::of(ctx, issue::rehearse(ctx.cx(), id, to).await)
    }

    /// Sends an issue, now or at a moment ahead; sending it again changes nothing. Refused where a link leads nowhere, where it shows
    /// readers what they may not see, or where it says nothing: `preview` tells what to put right (its editors).
    async fn newsletter_issue_send(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "When; now where left out.")] at: Option<DateTime>,
    ) -> Result<NewsletterIssuePayload> {
        let id: NewsletterIssueId = named(ctx, &id)?;
        NewsletterIssuePayload::of(ctx, issue::send(ctx.cx(), id, at.map(DateTime::to_utc)).await)
    }

    /// Stops an issue on its way; one that waits for its moment becomes a draft again (its editors).
    async fn newsletter_issue_pause(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] id: ID) -> Result<NewsletterIssuePayload> {
        let id: NewsletterIssueId = named(ctx, &id)?;
        NewsletterIssuePayload::of(ctx, issue::pause(ctx.cx(), id).await)
    }

    /// Goes on with an issue that was stopped, or stopped itself; nobody gets it twice (its editors).
    async fn newsletter_issue_resume(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] id: ID) -> Result<NewsletterIssuePayload> {
        let id: NewsletterIssueId = named(ctx, &id)?;
        NewsletterIssuePayload::of(ctx, issue::resume(ctx.cx(), id).await)
    }

    /// Gives an issue up: whoever has not got it by now does not get it (its editors).
    async fn newsletter_issue_cancel(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] id: ID) -> Result<NewsletterIssuePayload> {
        let id: NewsletterIssueId = named(ctx, &id)?;
        NewsletterIssuePayload::of(ctx, issue::cancel(ctx.cx(), id).await)
    }

    /// Deletes an issue that nobody got: a draft, or one that was given up before (its editors).
    async fn newsletter_issue_delete(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] id: ID) -> Result<DeletePayload> {
        let key: NewsletterIssueId = named(ctx, &id)?;
        DeletePayload::of(ctx, id, issue::delete(ctx.cx(), key).await)
    }
}
