//! Mutations of events, for their editors and the office.

use async_graphql::{Context, ID, Object, Result};
use entity::id::{EventId, OccurrenceId};

use super::edit::{EventCreateInput, EventUpdateInput};
use super::edit_date::{EventOutcomeInput, OccurrenceUpdateInput};
use super::{Event, Occurrence};
use crate::events::ops;
use crate::gql::input::named;
use crate::gql::scalars::DateTime;
use crate::gql::{ContextExt, DeletePayload, payload};

payload! {
    /// The event as it now is, or what to put right.
    EventPayload {
        /// As it now is; null where it was refused.
        event: Event
    }
}

payload! {
    /// The date as it now is, or what to put right.
    OccurrencePayload {
        /// As it now is; null where it was refused.
        occurrence: Occurrence
    }
}

/// Mutations of events.
#[derive(Debug, Default)]
pub struct EventMutation;

#[Object]
impl EventMutation {
    /// Begins an event, as a draft of the first of its hosts, who answers for it (its editors).
    async fn event_create(&self, ctx: &Context<'_>, #[graphql(desc = "The event.")] input: EventCreateInput) -> Result<EventPayload> {
        EventPayload::of(ctx, ops::create(ctx.cx(), input.read()).await)
    }

    /// Changes an event (its editors). Registered people get a mail where time or place changes. Dates that go on after a change of the
    /// schedule keep their ids and registrations: they are matched by equal start, then by local day, then, if equally many remain, by
    /// order; the others are cancelled where somebody registered, and removed else.
    async fn event_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "What was seen of it: STALE_REVISION where somebody has changed it since.")] expected_revision: Option<i32>,
        #[graphql(desc = "What is left out stays; null clears.")] input: EventUpdateInput,
    ) -> Result<EventPayload> {
        let id: EventId = named(ctx, &id)?;
        EventPayload::of(ctx, ops::update(ctx.cx(), id, expected_revision, input.read()).await)
    }

    /// Copies an event into a draft whose first date starts at another time; all other times go along (its editors).
    async fn event_duplicate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "Start of the copy's first date.")] starts_at: DateTime,
    ) -> Result<EventPayload> {
        let id: EventId = named(ctx, &id)?;
        EventPayload::of(ctx, ops::duplicate(ctx.cx(), id, starts_at.to_utc()).await)
    }

    /// Publishes an event, now or at a moment ahead; by an editor whose organisation is reviewed, hands it to review instead.
    async fn event_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "When; now where left out.")] at: Option<DateTime>,
    ) -> Result<EventPayload> {
        let id: EventId = named(ctx, &id)?;
        EventPayload::of(ctx, ops::publish(ctx.cx(), id, at.map(DateTime::to_utc)).await)
    }

    /// Takes an event back to draft: out of review, off the schedule, or away from its public; calendars show it as cancelled for 30 days
    /// (its editors).
    async fn event_unpublish(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] id: ID) -> Result<EventPayload> {
        let id: EventId = named(ctx, &id)?;
        EventPayload::of(ctx, ops::unpublish(ctx.cx(), id).await)
    }

    /// Postpones an event to a time not yet known; registrations stay, and every registered person gets a mail (its editors).
    async fn event_postpone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "Why, up to 1,000 characters.")] reason: Option<String>,
    ) -> Result<EventPayload> {
        let id: EventId = named(ctx, &id)?;
        EventPayload::of(ctx, ops::postpone(ctx.cx(), id, reason).await)
    }

    /// Takes back a cancellation or postponement; every registered person gets a mail (its editors).
    async fn event_reinstate(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] id: ID) -> Result<EventPayload> {
        let id: EventId = named(ctx, &id)?;
        EventPayload::of(ctx, ops::reinstate(ctx.cx(), id).await)
    }

    /// From review back to draft, with a note that is mailed to its editors (network staff).
    async fn event_return(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "What is to be done, up to 2,000 characters.")] note: String,
    ) -> Result<EventPayload> {
        let id: EventId = named(ctx, &id)?;
        EventPayload::of(ctx, ops::return_with_note(ctx.cx(), id, &note).await)
    }

    /// Cancels an event. It stays in calendars as cancelled, and every registered person gets a mail (its editors).
    async fn event_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "Why, up to 1,000 characters.")] reason: Option<String>,
    ) -> Result<EventPayload> {
        let id: EventId = named(ctx, &id)?;
        EventPayload::of(ctx, ops::cancel(ctx.cx(), id, reason).await)
    }

    /// Deletes an event: only a draft without registrations (its editors).
    async fn event_delete(&self, ctx: &Context<'_>, #[graphql(desc = "Which.")] id: ID) -> Result<DeletePayload> {
        let key: EventId = named(ctx, &id)?;
        DeletePayload::of(ctx, id, ops::delete(ctx.cx(), key).await)
    }

    /// Moves, cancels or resizes one date of an event (its editors). Registered people get a mail where its time or place changes, or
    /// whether it takes place.
    async fn occurrence_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "What was seen of it: STALE_REVISION where somebody has changed it since.")] expected_revision: Option<i32>,
        #[graphql(desc = "What is left out stays; null clears.")] input: OccurrenceUpdateInput,
    ) -> Result<OccurrencePayload> {
        let id: OccurrenceId = named(ctx, &id)?;
        let changed = ops::update_date(ctx.cx(), id, expected_revision, input.read()).await;
        OccurrencePayload::of(ctx, changed.map(|(event, date)| Occurrence::of(event.into(), date)))
    }

    /// Records what came of an event, once it is over; of one with many dates, once the first is (its editors). Replaces what was
    /// recorded before.
    async fn event_record_outcome(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
        #[graphql(desc = "What came of it.")] input: EventOutcomeInput,
    ) -> Result<EventPayload> {
        let id: EventId = named(ctx, &id)?;
        EventPayload::of(ctx, ops::record_outcome(ctx.cx(), id, input.read()).await)
    }
}
