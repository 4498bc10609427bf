//! Events with all that belongs to them, as calendars and invitations need them.

use std::collections::{BTreeSet, HashMap};

use entity::event::Model;
use entity::id::{EventId, MediaId, OrganisationId, VenueId};
use entity::{event_host, event_text, media, occurrence, organisation, tag, venue};
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
    /// The venues of them and of their dates.
    pub venues: HashMap<VenueId, venue::Model>,
    /// The pictures above them.
    pub covers: HashMap<MediaId, media::Model>,
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
        let answerable: BTreeSet<OrganisationId> =
            whole.hosts.values().filter_map(|hosts| hosts.first().map(|host| host.organisation_id)).collect();
        for ids in Vec::from_iter(answerable).chunks(AT_ONCE) {
            whole.organisations.extend(crate::organisations::store::by_ids(db, &Viewer::Visitor, ids.to_vec()).await?);
        }
        let of_dates = whole.dates.values().flatten().filter_map(|date| date.venue_id);
        let venues: BTreeSet<VenueId> = whole.events.iter().filter_map(|event| event.venue_id).chain(of_dates).collect();
        for ids in Vec::from_iter(venues).chunks(AT_ONCE) {
            whole.venues.extend(crate::venues::store::by_ids(db, ids.to_vec()).await?);
        }
        let covers: BTreeSet<MediaId> = whole.events.iter().filter_map(|event| event.cover_id).collect();
        for ids in Vec::from_iter(covers).chunks(AT_ONCE) {
            whole.covers.extend(crate::media::store::by_ids(db, ids.to_vec()).await?);
        }
        Ok(whole)
    }
}
