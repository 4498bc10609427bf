//! Mutations of venues.

use async_graphql::{Context, ID, Object, Result};
use entity::id::VenueId;

use super::Venue;
use super::edit::{VenueCreateInput, VenueUpdateInput};
use crate::gql::input::named;
use crate::gql::{ContextExt, payload};
use crate::venues::ops;

payload! {
    /// The venue as it now is, or what to put right.
    VenuePayload {
        /// As it now is; null where it was refused.
        venue: Venue
    }
}

/// Mutations of venues.
#[derive(Debug, Default)]
pub struct VenueMutation;

#[Object]
impl VenueMutation {
    /// Enters a venue (editors of an organisation, network staff).
    async fn venue_create(&self, ctx: &Context<'_>, #[graphql(desc = "The venue.")] input: VenueCreateInput) -> Result<VenuePayload> {
        VenuePayload::of(ctx, ops::create(ctx.cx(), input.read()).await)
    }

    /// Changes a venue (editors of the organisation whose place it is, network staff). Calendars of the events there count it.
    async fn venue_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "What was seen of it: STALE_REVISION where somebody has changed it since.")] expected_revision: Option<i32>,
        #[graphql(desc = "What is left out stays; null clears.")] input: VenueUpdateInput,
    ) -> Result<VenuePayload> {
        let id: VenueId = named(ctx, &id)?;
        VenuePayload::of(ctx, ops::update(ctx.cx(), id, expected_revision, input.read()).await)
    }
}
