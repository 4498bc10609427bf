//! Mutations of registrations.

use async_graphql::{Context, ID, Object, Result};

use super::Registration;
use super::input::{RegistrationBy, RegistrationCreateInput, RegistrationFor, RegistrationMessageInput, RegistrationUpdateInput};
use super::receipt::RegistrationReceiptPayload;
use crate::gql::{AcceptedPayload, ContextExt, UserError, input, or_code, payload};
use crate::registrations::ops;

payload! {
    /// The registration as it now is, or what to put right.
    RegistrationPayload {
        /// As it now is; null where it was refused.
        registration: Registration
    }
}

/// Mutations of registrations.
#[derive(Debug, Default)]
pub struct RegistrationMutation;

#[Object]
impl RegistrationMutation {
    /// Registers for a date, or for an event as a whole. All that is told is what was asked and decided; the rest goes to the
    /// address by mail. Asking again with the same address looks the same, and takes no further seat.
    async fn registration_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and for what.")] input: RegistrationCreateInput,
    ) -> Result<RegistrationReceiptPayload> {
        RegistrationReceiptPayload::of(ctx, ops::create(ctx.cx(), input.read(ctx.cx())).await)
    }

    /// Cancels a registration; the first in line who fit move up. One that is cancelled stays so.
    async fn registration_cancel(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] by: RegistrationBy) -> Result<RegistrationPayload> {
        let by = by.read().map_err(|refused| or_code(ctx.cx(), &refused.into()))?;
        RegistrationPayload::of(ctx, ops::cancel(ctx.cx(), by).await)
    }

    /// Changes a registration that stands: the person until it begins, with more seats while registration is open; its organisers
    /// also later, and the person is told. Seats given back go to the first in line who fit; where there are too few for more,
    /// nothing changes.
    async fn registration_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] by: RegistrationBy,
        #[graphql(desc = "What shall be different.")] input: RegistrationUpdateInput,
    ) -> Result<RegistrationPayload> {
        let by = by.read().map_err(|refused| or_code(ctx.cx(), &refused.into()))?;
        RegistrationPayload::of(ctx, ops::update(ctx.cx(), by, input.read()).await)
    }

    /// Approves a request (its organisers): it gets its seats, or a place in line where there are none and people may wait; from there
    /// it moves up without a further decision. FULL where there are neither. The person is told.
    async fn registration_approve(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] id: ID) -> Result<RegistrationPayload> {
        RegistrationPayload::of(ctx, ops::approve(ctx.cx(), input::named(ctx, &id)?).await)
    }

    /// Declines a request (its organisers). The seats that it held go to the first in line who fit. The person is told.
    async fn registration_decline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "Why, as the person is told, up to 1,000 characters.")] reason: Option<String>,
    ) -> Result<RegistrationPayload> {
        RegistrationPayload::of(ctx, ops::decline(ctx.cx(), input::named(ctx, &id)?, reason).await)
    }

    /// Lets somebody in (its organisers). Who is not let in is given with the reason beside; somebody who is in already stays so, and it
    /// is told since when.
    async fn registration_check_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] by: RegistrationBy,
        #[graphql(desc = "Where people are let in: a registration for anything else is not. All, where nothing is said.")] at: Option<
            RegistrationFor,
        >,
    ) -> Result<RegistrationPayload> {
        let cx = ctx.cx();
        let by = by.read().map_err(|refused| or_code(cx, &refused.into()))?;
        let at_the_door = ops::check_in(cx, by, at.map(RegistrationFor::read_at)).await;
        let refused = at_the_door.as_ref().ok().and_then(|at_the_door| at_the_door.refused.clone());
        let payload = RegistrationPayload::of(ctx, at_the_door.map(|at_the_door| at_the_door.registration))?;
        let errors = refused.into_iter().map(|refusal| UserError::of(refusal, &cx.spoken())).chain(payload.errors).collect();
        Ok(RegistrationPayload { errors, ..payload })
    }

    /// Takes it back that somebody was let in (its organisers).
    async fn registration_undo_check_in(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] id: ID) -> Result<RegistrationPayload> {
        RegistrationPayload::of(ctx, ops::undo_check_in(ctx.cx(), input::named(ctx, &id)?).await)
    }

    /// Writes to those who are registered (its organisers), each of them once and in the frame of their language; answers go to the
    /// contact of the event. The same message a second time within an hour is the first.
    async fn registration_message(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event.")] event_id: ID,
        #[graphql(desc = "What, and to whom.")] input: RegistrationMessageInput,
    ) -> Result<AcceptedPayload> {
        AcceptedPayload::of(ctx, ops::message(ctx.cx(), input::named(ctx, &event_id)?, input.read()).await)
    }
}
