//! Mutations of registrations.

use async_graphql::{Context, Object, Result};

use super::Registration;
use super::input::{RegistrationBy, RegistrationCreateInput};
use super::receipt::RegistrationReceiptPayload;
use crate::gql::{ContextExt, or_code, payload};
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
}
