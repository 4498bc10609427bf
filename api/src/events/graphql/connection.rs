//! Lists of events and of dates, and those that belong to something else.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Result};
use entity::id::{EventId, OrganisationId, ProgrammeId, VenueId};
use uuid::Uuid;

use super::input::EventWhere;
use super::{Event, Occurrence};
use crate::events::store::filter::Filter;
use crate::events::store::list::{self, Owner};
use crate::events::store::occurrences;
use crate::gql::connection::wants_total;
use crate::gql::range::DateTimeRange;
use crate::gql::{ContextExt, Loaders, connection, or_code};
use crate::kernel::{Fault, Page, PageRequest, Slice};

/// Names lists of events and their order in cursors.
pub const EVENTS: &str = "events";
/// Names lists of dates and their order in cursors.
pub const OCCURRENCES: &str = "occurrences";

connection! {
    /// A page of events.
    EventConnection, EventEdge, Event
}

connection! {
    /// A page of dates.
    OccurrenceConnection, OccurrenceEdge, Occurrence
}

/// Whose events.
#[derive(Clone, Copy, Debug)]
pub enum Parent {
    /// What an organisation hosts, in any role.
    Organisation(OrganisationId),
    /// What belongs to a programme.
    Programme(ProgrammeId),
    /// What has a date at a venue.
    Venue(VenueId),
}

impl EventConnection {
    /// A page of the events of something; the same page of all that ask at once is one statement.
    ///
    /// # Errors
    /// Bad arguments, or a failing database.
    pub async fn of(ctx: &Context<'_>, parent: Parent, page: Page, filter: Option<EventWhere>) -> Result<Self> {
        let parsed = || Ok::<_, Fault>((page.parse(EVENTS)?, filter.unwrap_or_default().parse()?));
        let (page, filter) = parsed().map_err(|fault| or_code(ctx.cx(), &fault))?;
        let (owner, id) = match parent {
            Parent::Organisation(id) => (Owner::Organisations, id.0),
            Parent::Programme(id) => (Owner::Programmes, id.0),
            Parent::Venue(id) => (Owner::Venues, id.0),
        };
        let of = Arc::new(Which { owner, page, filter, count: wants_total(ctx) });
        Ok(ctx.load_sure(EventsOf { id, of }).await?.into())
    }
}

impl OccurrenceConnection {
    /// A page of the dates of an event.
    ///
    /// # Errors
    /// Bad arguments, or a failing database.
    pub async fn of(ctx: &Context<'_>, event: EventId, page: Page, starts_at: Option<DateTimeRange>) -> Result<Self> {
        let parsed = || Ok::<_, Fault>((page.parse(OCCURRENCES)?, starts_at.unwrap_or_default().parse()?));
        let (page, range) = parsed().map_err(|fault| or_code(ctx.cx(), &fault))?;
        Ok(ctx.load_sure(DatesOf { event, of: DatesWhich { page, range, count: wants_total(ctx) } }).await?.into())
    }
}

/// Key of a page of the events of something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EventsOf {
    id: Uuid,
    of: Arc<Which>,
}

/// Filters bear coordinates, which have no order; they come from one document, and are equal where they are written alike.
#[derive(Debug, PartialEq)]
struct Which {
    owner: Owner,
    page: PageRequest,
    filter: Filter,
    count: bool,
}

impl Eq for Which {}

impl Hash for Which {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.owner, &self.page, self.count).hash(state);
    }
}

/// Key of a page of the dates of an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DatesOf {
    event: EventId,
    of: DatesWhich,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct DatesWhich {
    page: PageRequest,
    range: (Option<chrono::DateTime<chrono::Utc>>, Option<chrono::DateTime<chrono::Utc>>),
    count: bool,
}

impl Loader<EventsOf> for Loaders {
    type Value = Slice<Event>;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[EventsOf]) -> Result<HashMap<EventsOf, Self::Value>, Arc<Fault>> {
        let mut asked: HashMap<&Arc<Which>, Vec<Uuid>> = HashMap::new();
        for key in keys {
            asked.entry(&key.of).or_default().push(key.id);
        }
        let (db, viewer) = (self.cx.db(), &self.cx.viewer);
        let mut found = HashMap::new();
        for (of, ids) in asked {
            let slices = list::pages_of(db, viewer, of.owner, &ids, &of.filter, &of.page, of.count).await.map_err(Fault::from)?;
            found.extend(slices.into_iter().map(|(id, slice)| (EventsOf { id, of: Arc::clone(of) }, slice.map(Event::from))));
        }
        Ok(found)
    }
}

impl Loader<DatesOf> for Loaders {
    type Value = Slice<Occurrence>;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[DatesOf]) -> Result<HashMap<DatesOf, Self::Value>, Arc<Fault>> {
        let mut asked: HashMap<&DatesWhich, Vec<Uuid>> = HashMap::new();
        for key in keys {
            asked.entry(&key.of).or_default().push(key.event.0);
        }
        let mut found = HashMap::new();
        for (of, events) in asked {
            let slices = occurrences::pages_of(self.cx.db(), &events, of.range, &of.page, of.count).await.map_err(Fault::from)?;
            let keyed = |(id, slice): (Uuid, Slice<_>)| (DatesOf { event: EventId(id), of: of.clone() }, slice.map(Occurrence::from));
            found.extend(slices.into_iter().map(keyed));
        }
        Ok(found)
    }
}
