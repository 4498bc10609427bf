//! Mutations of posts, for their editors and the office.

use async_graphql::{Context, ID, Object, Result};
use entity::id::PostId;

use super::Post;
use super::edit::{PostCreateInput, PostUpdateInput};
use crate::gql::input::named;
use crate::gql::scalars::DateTime;
use crate::gql::{ContextExt, DeletePayload, payload};
use crate::posts::ops;

payload! {
    /// The post as it now is, or what to put right.
    PostPayload {
        /// As it now is; null where it was refused.
        post: Post
    }
}

/// Mutations of posts.
#[derive(Debug, Default)]
pub struct PostMutation;

#[Object]
impl PostMutation {
    /// Begins a post, as a draft (its organisation's editors).
    async fn post_create(&self, ctx: &Context<'_>, #[graphql(desc = "The post.")] input: PostCreateInput) -> Result<PostPayload> {
        let (organisation, edit) = input.read();
        PostPayload::of(ctx, ops::create(ctx.cx(), organisation, edit).await)
    }

    /// Changes a post (its editors). One that is published stays so; one that was approved for later is reviewed again.
    async fn post_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "What was seen of it: STALE_REVISION where somebody has changed it since.")] expected_revision: Option<i32>,
        #[graphql(desc = "What is left out stays; null clears.")] input: PostUpdateInput,
    ) -> Result<PostPayload> {
        let id: PostId = named(ctx, &id)?;
        PostPayload::of(ctx, ops::update(ctx.cx(), id, expected_revision, input.read()).await)
    }

    /// Publishes a post, now or at a moment ahead; by an editor whose organisation is reviewed, hands it to review instead.
    async fn post_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "When; now where left out.")] at: Option<DateTime>,
    ) -> Result<PostPayload> {
        let id: PostId = named(ctx, &id)?;
        PostPayload::of(ctx, ops::publish(ctx.cx(), id, at.map(DateTime::to_utc)).await)
    }

    /// From review back to draft, with a note that is mailed to its editors (network staff).
    async fn post_return(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "What is to be done, up to 2,000 characters.")] note: String,
    ) -> Result<PostPayload> {
        let id: PostId = named(ctx, &id)?;
        PostPayload::of(ctx, ops::return_with_note(ctx.cx(), id, &note).await)
    }

    /// Takes a post back to draft: out of review, off the schedule, or away from its readers (its editors).
    async fn post_unpublish(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] id: ID) -> Result<PostPayload> {
        let id: PostId = named(ctx, &id)?;
        PostPayload::of(ctx, ops::unpublish(ctx.cx(), id).await)
    }

    /// Deletes a post: only a draft (its editors).
    async fn post_delete(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] id: ID) -> Result<DeletePayload> {
        let key: PostId = named(ctx, &id)?;
        DeletePayload::of(ctx, id, ops::delete(ctx.cx(), key).await)
    }
}
