//! Mutations that make one of two.

use async_graphql::{Context, ID, Object, Result};

use super::ops;
use crate::gql::ContextExt;
use crate::gql::input::named;
use crate::programmes::graphql::mutation::ProgrammePayload;
use crate::tags::graphql::TagPayload;
use crate::venues::graphql::mutation::VenuePayload;

/// Mutations that make one of two.
#[derive(Debug, Default)]
pub struct MergingMutation;

#[Object]
impl MergingMutation {
    /// Makes one topic of two (network staff): all that bears the one bears the other, and the one's slug leads to the other.
    async fn tag_merge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The one that goes.")] id: ID,
        #[graphql(desc = "The one that stays.")] into: ID,
    ) -> Result<TagPayload> {
        TagPayload::of(ctx, ops::tag(ctx.cx(), named(ctx, &id)?, named(ctx, &into)?).await)
    }

    /// Makes one venue of two (whoever may change both): all that happens at the one happens at the other, which keeps what is known of it,
    /// and gets the one's rooms and what only that stated of its accessibility. Calendars count it where the two were not the same place.
    async fn venue_merge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The one that goes.")] id: ID,
        #[graphql(desc = "The one that stays.")] into: ID,
    ) -> Result<VenuePayload> {
        VenuePayload::of(ctx, ops::venue(ctx.cx(), named(ctx, &id)?, named(ctx, &into)?).await)
    }

    /// Makes one programme of two (administrators): the posts and events of the one belong to the other, and its address leads there. The
    /// one's own texts and funders go.
    async fn programme_merge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The one that goes.")] id: ID,
        #[graphql(desc = "The one that stays.")] into: ID,
    ) -> Result<ProgrammePayload> {
        ProgrammePayload::of(ctx, ops::programme(ctx.cx(), named(ctx, &id)?, named(ctx, &into)?).await)
    }
}
