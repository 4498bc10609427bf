//! Subscriptions to events.

use async_graphql::{Context, ID, Result, Subscription};
use futures_util::{Stream, StreamExt};

use super::Occurrence;
use crate::events::ops;
use crate::gql::{ContextExt, input, or_code};

/// Subscriptions to events.
#[derive(Debug, Default)]
pub struct EventSubscription;

#[Subscription]
impl EventSubscription {
    /// A date, each time its seats change: they are taken or come free, more or fewer are offered, or the event takes place or not.
    /// Told twice a second at the most, as it is then. It ends when the viewer's rights change, or the date can no longer be seen.
    async fn seats_changed<'ctx>(
        &self,
        ctx: &Context<'ctx>,
        #[graphql(desc = "The date.")] occurrence_id: ID,
    ) -> Result<impl Stream<Item = Result<Occurrence>> + use<'ctx>> {
        let cx = ctx.cx().clone();
        let watched = ops::watch_seats(&cx, input::named(ctx, &occurrence_id)?).await.map_err(|fault| or_code(&cx, &fault))?;
        Ok(watched.map(move |row| row.map(Occurrence::from).map_err(|fault| or_code(&cx, &fault))))
    }
}
