//! Seats of a date, or of an event as a whole.

use async_graphql::{ComplexObject, Context, Result, SimpleObject};
use chrono::{DateTime, Utc};
use entity::id::{EventId, OrganisationId};
use entity::words::{EventStatus, RegistrationMode, RegistrationScope};
use entity::{event, occurrence};

use super::loaders::{Hosts, Span};
use super::words::SeatsState;
use crate::access::Action;
use crate::events::rules::seats::{Policy, left, state};
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

/// What registrations take. There are none before one can register here.
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
    /// Those of an event that one registers for as a whole; none otherwise. Registration is open until the last date starts,
    /// or as long before the first as the event says.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn of_event(ctx: &Context<'_>, event: &event::Model) -> Result<Option<Self>> {
        if !registers_here(event) || event.registration_scope != RegistrationScope::WholeEvent {
            return Ok(None);
        }
        let span = ctx.load(Span(event.id)).await?;
        let (first, last) = span.as_deref().copied().unwrap_or((event.starts_at, event.starts_at));
        let starts_at = if event.closes_minutes_before.is_some() { first } else { last };
        Ok(Some(Self::new(event, event.capacity, true, starts_at, ctx.cx().now())))
    }

    /// Those of one date; none where one registers for the event as a whole, or not here.
    #[must_use]
    pub fn of_date(ctx: &Context<'_>, event: &event::Model, date: &occurrence::Model) -> Option<Self> {
        let here = registers_here(event) && event.registration_scope == RegistrationScope::EachDate;
        here.then(|| Self::new(event, date.capacity.or(event.capacity), !date.is_cancelled, date.starts_at, ctx.cx().now()))
    }

    fn new(event: &event::Model, capacity: Option<i32>, is_on: bool, starts_at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let capacity = capacity.and_then(|capacity| u32::try_from(capacity).ok());
        let policy = Policy {
            opens_at: event.registration_opens_at,
            closes_at: event.registration_closes_at,
            closes_minutes_before: event.closes_minutes_before,
            capacity,
            waitlist: event.waitlist,
            takes_place: is_on && event.status == EventStatus::Published,
        };
        let counts = Counts::default();
        let state = state(&policy, starts_at, counts.taken, now).into();
        Self { capacity, left: left(capacity, counts.taken), state, event_id: event.id, counts }
    }

    async fn authorise(&self, ctx: &Context<'_>) -> Result<()> {
        let hosts = ctx.load(Hosts(self.event_id)).await?.unwrap_or_default();
        let hosts: Vec<OrganisationId> = hosts.iter().map(|host| host.organisation_id).collect();
        ctx.cx().authorise(&Action::CountSeats(&hosts)).map_err(|refused| or_code(ctx.cx(), &refused.into()))
    }
}

fn registers_here(event: &event::Model) -> bool {
    matches!(event.registration_mode, RegistrationMode::Open | RegistrationMode::Approval)
}
