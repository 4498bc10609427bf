//! Mutations of organisations and of who acts for them.

use async_graphql::{Context, ID, Object, Result};
use entity::id::{OrganisationId, PersonId};

use super::Organisation;
use super::edit::{OrganisationCreateInput, OrganisationUpdateInput};
use crate::gql::input::named;
use crate::gql::{ContextExt, payload};
use crate::organisations::ops;
use crate::people::graphql::OrganisationRole;

payload! {
    /// The organisation as it now is, or what to put right.
    OrganisationPayload {
        /// As it now is; null where it was refused.
        organisation: Organisation
    }
}

/// Mutations of organisations.
#[derive(Debug, Default)]
pub struct OrganisationMutation;

#[Object]
impl OrganisationMutation {
    /// Enters an organisation (administrators).
    async fn organisation_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The organisation.")] input: OrganisationCreateInput,
    ) -> Result<OrganisationPayload> {
        let (edit, joined_on) = input.read();
        OrganisationPayload::of(ctx, ops::create(ctx.cx(), edit, joined_on).await)
    }

    /// Changes an organisation's page (its owners, network staff).
    async fn organisation_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "What was seen of it: STALE_REVISION where somebody has changed it since.")] expected_revision: Option<i32>,
        #[graphql(desc = "What is left out stays; null clears.")] input: OrganisationUpdateInput,
    ) -> Result<OrganisationPayload> {
        let id: OrganisationId = named(ctx, &id)?;
        OrganisationPayload::of(ctx, ops::update(ctx.cx(), id, expected_revision, input.read()).await)
    }

    /// Gives a person another role in an organisation, which is never left without an owner (its owners, administrators).
    async fn organisation_set_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "Whom.")] person_id: ID,
        #[graphql(desc = "What they may do for it.")] role: OrganisationRole,
    ) -> Result<OrganisationPayload> {
        let (id, person): (OrganisationId, PersonId) = (named(ctx, &id)?, named(ctx, &person_id)?);
        OrganisationPayload::of(ctx, ops::set_role(ctx.cx(), id, person, role.into()).await)
    }

    /// Has a person act for an organisation no more, which is never left without an owner (its owners, administrators; oneself).
    async fn organisation_remove_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "Whom.")] person_id: ID,
    ) -> Result<OrganisationPayload> {
        let (id, person): (OrganisationId, PersonId) = (named(ctx, &id)?, named(ctx, &person_id)?);
        OrganisationPayload::of(ctx, ops::remove_person(ctx.cx(), id, person).await)
    }
}
