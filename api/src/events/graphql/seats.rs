//! Seats of a date, or of an event as a whole.

use async_graphql::{ComplexObject, Context, Result, SimpleObject};
use entity::id::{EventId, OrganisationId};
use entity::{event, occurrence, seat_pool};

use super::loaders::{EventSeats, Hosts, OccurrenceSeats, Span};
use super::words::SeatsState;
use crate::access::Action;
use crate::events::offer::Offer;
use crate::events::rules::seats::left;
use crate::gql::{ContextExt, or_code};

/// How it stands with seats. `capacity` and `left` are null where unlimited; `taken` and `waiting` are for hosts and co-hosts.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Seats {
    /// All seats; null where unlimited.
    capacity: Option<u32>,
    /// Seats not taken; null where unlimited.
    left: Option<u32>,
    /// What can be said to somebody who wants one.
    state: SeatsState,
    #[graphql(skip)]
    event_id: EventId,
    #[graphql(skip)]
    counts: Counts,
}

/// What registrations take.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    taken: u32,
    waiting: u32,
}

#[ComplexObject]
impl Seats {
    /// Seats taken (its hosts and co-hosts).
    async fn taken(&self, ctx: &Context<'_>) -> Result<Option<u32>> {
        self.authorise(ctx).await?;
        Ok(Some(self.counts.taken))
    }

    /// Seats that people wait for (its hosts and co-hosts).
    async fn waiting(&self, ctx: &Context<'_>) -> Result<Option<u32>> {
        self.authorise(ctx).await?;
        Ok(Some(self.counts.waiting))
    }
}

impl Seats {
    /// Those of an event that one registers for as a whole; none otherwise.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn of_event(ctx: &Context<'_>, event: &event::Model) -> Result<Option<Self>> {
        if Offer::of_event(event, None).is_none() {
            return Ok(None);
        }
        let (span, pool) = futures_util::try_join!(ctx.load(Span(event.id)), ctx.load(EventSeats(event.id)))?;
        let offer = Offer::of_event(event, span.as_deref().copied());
        Ok(offer.map(|offer| Self::new(ctx, event, &offer, pool.as_deref())))
    }

    /// Those of one date; none where one registers for the event as a whole, or not here.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn of_date(ctx: &Context<'_>, event: &event::Model, date: &occurrence::Model) -> Result<Option<Self>> {
        let Some(offer) = Offer::of_date(event, date) else { return Ok(None) };
        let pool = ctx.load(OccurrenceSeats(date.id)).await?;
        Ok(Some(Self::new(ctx, event, &offer, pool.as_deref())))
    }

    fn new(ctx: &Context<'_>, event: &event::Model, offer: &Offer, pool: Option<&seat_pool::Model>) -> Self {
        let counts = pool.map_or_else(Counts::default, Counts::from);
        Self {
            capacity: offer.policy.capacity,
            left: left(offer.policy.capacity, counts.taken),
            state: offer.state(counts.taken, ctx.cx().now()).into(),
            event_id: event.id,
            counts,
        }
    }

    async fn authorise(&self, ctx: &Context<'_>) -> Result<()> {
        let hosts = ctx.load(Hosts(self.event_id)).await?.unwrap_or_default();
        let hosts: Vec<OrganisationId> = hosts.iter().map(|host| host.organisation_id).collect();
        ctx.cx().authorise(&Action::CountSeats(&hosts)).map_err(|refused| or_code(ctx.cx(), &refused.into()))
    }
}

impl From<&seat_pool::Model> for Counts {
    fn from(pool: &seat_pool::Model) -> Self {
        let count = |count: i32| u32::try_from(count).unwrap_or(0);
        Self { taken: count(pool.taken), waiting: count(pool.waiting) }
    }
}
