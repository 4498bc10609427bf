//! Subscriptions to registrations.

use async_graphql::{Context, ID, Result, Subscription};
use futures_util::{Stream, StreamExt};

use super::Registration;
use crate::gql::{ContextExt, input, or_code};
use crate::registrations::ops;

/// Subscriptions to registrations.
#[derive(Debug, Default)]
pub struct RegistrationSubscription;

#[Subscription]
impl RegistrationSubscription {
    /// A registration for an event, each time one is made, changed, cancelled, decided on, or its person let in (its organisers). One
    /// that changes several times at once comes once, as it is then. It ends when the viewer signs out or their rights change.
    async fn registration_changed<'ctx>(
        &self,
        ctx: &Context<'ctx>,
        #[graphql(desc = "The event.")] event_id: ID,
    ) -> Result<impl Stream<Item = Result<Registration>> + use<'ctx>> {
        let cx = ctx.cx().clone();
        let watched = ops::watch(&cx, input::named(ctx, &event_id)?).await.map_err(|fault| or_code(&cx, &fault))?;
        Ok(watched.map(move |row| row.map(Registration::from).map_err(|fault| or_code(&cx, &fault))))
    }
}
