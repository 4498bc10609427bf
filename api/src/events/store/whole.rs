//! Events with all that belongs to them, as calendars and invitations need them.

use std::collections::HashMap;

use entity::event::Model;
use entity::id::{EventId, OrganisationId, VenueId};
use entity::{event_host, event_text, occurrence, organisation, tag, venue};
use sea_orm::{ConnectionTrait, DbErr};

use super::{occurrences, parts};
use crate::access::Viewer;

/// Events whose parts are loaded at once: databases take only so many values in a statement.
const AT_ONCE: usize = 5000;

/// Events, with all that their calendar entries are made of.
#[derive(Debug, Default)]
pub struct Whole {
    /// The events, in the order of their first dates.
    pub events: Vec<Model>,
    /// Their texts.
    pub texts: HashMap<EventId, Vec<event_text::Model>>,
    /// Their dates.
    pub dates: HashMap<EventId, Vec<occurrence::Model>>,
    /// Their hosts.
    pub hosts: HashMap<EventId, Vec<event_host::Model>>,
    /// Their topics.
    pub tags: HashMap<EventId, Vec<tag::Model>>,
    /// The organisations that answer for them.
    pub organisations: HashMap<OrganisationId, organisation::Model>,
    /// The venues of their dates.
    pub venues: HashMap<VenueId, venue::Model>,
}

impl Whole {
    /// Of these events.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn of(db: &impl ConnectionTrait, events: Vec<Model>) -> Result<Self, DbErr> {
        let mut whole = Self { events, ..Self::default() };
        let ids: Vec<EventId> = whole.events.iter().map(|event| event.id).collect();
        for ids in ids.chunks(AT_ONCE) {
            whole.texts.extend(parts::texts(db, ids.to_vec()).await?);
            whole.dates.extend(occurrences::of(db, ids.to_vec()).await?);
            whole.hosts.extend(parts::hosts(db, ids.to_vec()).await?);
            whole.tags.extend(parts::tags(db, ids.to_vec()).await?);
        }
        let answerable = whole.hosts.values().filter_map(|hosts| hosts.first().map(|host| host.organisation_id)).collect();
        whole.organisations = crate::organisations::store::by_ids(db, &Viewer::Visitor, answerable).await?;
        let mut venues: Vec<VenueId> = whole.dates.values().flatten().filter_map(|date| date.venue_id).collect();
        venues.sort_unstable();
        venues.dedup();
        whole.venues = crate::venues::store::by_ids(db, venues).await?;
        Ok(whole)
    }
}
