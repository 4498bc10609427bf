//! Where an event or one of its dates is.

use async_graphql::{ComplexObject, Context, Result, SimpleObject};
use entity::id::{EventId, OrganisationId, VenueId};
use entity::occurrence;
use entity::words::RegistrationMode;

use super::Event;
use super::loaders::Hosts;
use super::words::AttendanceMode;
use crate::access::{Action, Viewer};
use crate::gql::ContextExt;
use crate::gql::scalars::WebUrl;
use crate::venues::graphql::Venue;

/// Where something happens.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Place {
    /// How one takes part.
    mode: AttendanceMode,
    /// Room in the venue.
    room: Option<String>,
    #[graphql(skip)]
    venue_id: Option<VenueId>,
    #[graphql(skip)]
    event_id: EventId,
    #[graphql(skip)]
    online_url: Option<String>,
    #[graphql(skip)]
    asks_for_registration: bool,
}

impl Place {
    /// Where an event is.
    #[must_use]
    pub fn of_event(event: &Event) -> Self {
        let row = &event.row;
        Self {
            mode: row.mode.into(),
            room: row.room.clone(),
            venue_id: row.venue_id,
            event_id: row.id,
            online_url: row.online_url.clone(),
            asks_for_registration: row.registration_mode != RegistrationMode::None && !event.is_attended,
        }
    }

    /// Where a date of an event is.
    #[must_use]
    pub fn of_date(row: &occurrence::Model, event: &Event) -> Self {
        Self {
            mode: row.mode.into(),
            room: row.room.clone(),
            venue_id: row.venue_id,
            online_url: row.online_url.clone(),
            ..Self::of_event(event)
        }
    }
}

#[ComplexObject]
impl Place {
    /// The venue; null online, or where it is not known.
    async fn venue(&self, ctx: &Context<'_>) -> Result<Option<Venue>> {
        match self.venue_id {
            Some(id) => ctx.load(id).await,
            None => Ok(None),
        }
    }

    /// Where to take part from afar. For registered people only, where the event asks for registration.
    async fn online_url(&self, ctx: &Context<'_>) -> Result<Option<WebUrl>> {
        let is_shown = !self.asks_for_registration
            || (ctx.cx().viewer != Viewer::Visitor && {
                let hosts = ctx.load(Hosts(self.event_id)).await?.unwrap_or_default();
                let hosts: Vec<OrganisationId> = hosts.iter().map(|host| host.organisation_id).collect();
                ctx.cx().may(&Action::SeeOnlineAddress(&hosts)).is_allowed()
            });
        Ok(self.online_url.clone().filter(|_| is_shown).map(WebUrl::from))
    }
}
