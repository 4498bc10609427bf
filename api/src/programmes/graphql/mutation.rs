//! Mutations of programmes, for administrators.

use async_graphql::{Context, ID, Object, Result};
use entity::id::ProgrammeId;

use super::Programme;
use super::edit::{ProgrammeCreateInput, ProgrammeUpdateInput};
use crate::gql::input::named;
use crate::gql::{ContextExt, payload};
use crate::programmes::ops;

payload! {
    /// The programme as it now is, or what to put right.
    ProgrammePayload {
        /// As it now is; null where it was refused.
        programme: Programme
    }
}

/// Mutations of programmes.
#[derive(Debug, Default)]
pub struct ProgrammeMutation;

#[Object]
impl ProgrammeMutation {
    /// Enters a programme (administrators).
    async fn programme_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The programme.")] input: ProgrammeCreateInput,
    ) -> Result<ProgrammePayload> {
        let (organisation, edit) = input.read();
        ProgrammePayload::of(ctx, ops::create(ctx.cx(), organisation, edit).await)
    }

    /// Changes a programme (administrators).
    async fn programme_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "What was seen of it: STALE_REVISION where somebody has changed it since.")] expected_revision: Option<i32>,
        #[graphql(desc = "What is left out stays; null clears.")] input: ProgrammeUpdateInput,
    ) -> Result<ProgrammePayload> {
        let id: ProgrammeId = named(ctx, &id)?;
        ProgrammePayload::of(ctx, ops::update(ctx.cx(), id, expected_revision, input.read()).await)
    }
}
