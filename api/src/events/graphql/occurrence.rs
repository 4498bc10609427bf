//! One date of an event in GraphQL.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use entity::occurrence;
use entity::words::EventStatus;

use super::Event;
use super::place::Place;
use super::schedule::zone;
use super::seats::Seats;
use crate::gql::ContextExt;
use crate::gql::id::Global;
use crate::gql::scalars::DateTime;

/// One date of an event. Its id lasts, also when it moves.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Occurrence {
    /// Global id.
    pub id: ID,
    /// Raised by every change.
    revision: i32,
    /// The row.
    #[graphql(skip)]
    pub row: Arc<occurrence::Model>,
    #[graphql(skip)]
    known_event: Option<Event>,
}

impl Occurrence {
    /// A date of an event that is at hand; who sees this date sees that event.
    #[must_use]
    pub fn of(event: Event, row: occurrence::Model) -> Self {
        Self { known_event: Some(event), ..row.into() }
    }
}

impl From<occurrence::Model> for Occurrence {
    fn from(row: occurrence::Model) -> Self {
        Self { id: row.id.to_global(), revision: row.revision, row: Arc::new(row), known_event: None }
    }
}

#[ComplexObject]
impl Occurrence {
    /// The event whose date it is.
    async fn event(&self, ctx: &Context<'_>) -> Result<Event> {
        match &self.known_event {
            Some(event) => Ok(event.clone()),
            None => ctx.load_sure(self.row.event_id).await,
        }
    }

    /// When it starts; local midnight where it is all day.
    async fn starts_at(&self, ctx: &Context<'_>) -> Result<DateTime> {
        Ok(DateTime::local(self.row.starts_at, zone(&self.event(ctx).await?.row)))
    }

    /// When it ends, exclusive; null where not known, and then it is over when its local day is.
    async fn ends_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime>> {
        let zone = zone(&self.event(ctx).await?.row);
        Ok(self.row.ends_at.map(|at| DateTime::local(at, zone)))
    }

    /// When the doors open.
    async fn doors_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime>> {
        let zone = zone(&self.event(ctx).await?.row);
        Ok(self.row.doors_at.map(|at| DateTime::local(at, zone)))
    }

    /// Whether it is whole days.
    async fn all_day(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.event(ctx).await?.row.is_all_day)
    }

    /// Where the schedule put it; differs from `startsAt` where this date was moved.
    async fn original_starts_at(&self, ctx: &Context<'_>) -> Result<DateTime> {
        Ok(DateTime::local(self.row.original_starts_at, zone(&self.event(ctx).await?.row)))
    }

    /// The event's, unless this date is elsewhere (a touring exhibition).
    async fn place(&self, ctx: &Context<'_>) -> Result<Place> {
        Ok(Place::of_date(&self.row, &self.event(ctx).await?))
    }

    /// Whether it does not take place: it alone, or with its event.
    async fn cancelled(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.row.is_cancelled || self.event(ctx).await?.row.status == EventStatus::Cancelled)
    }

    /// Why it does not take place, where that was said.
    async fn cancellation_reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        match self.row.is_cancelled {
            true => Ok(self.row.cancellation_reason.clone()),
            false => Ok(self.event(ctx).await?.row.cancellation_reason.clone()),
        }
    }

    /// How it stands with seats. Null where one registers for the event as a whole, or not here.
    async fn seats(&self, ctx: &Context<'_>) -> Result<Option<Seats>> {
        let event = self.event(ctx).await?;
        Seats::of_date(ctx, &event.row, &self.row).await
    }
}
