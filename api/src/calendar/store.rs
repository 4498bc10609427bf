//! SQL of calendars: what is in one, seen as a visitor sees it.

use std::collections::HashMap;

use entity::event::{Column, Entity, Model};
use entity::id::{EventId, OrganisationId, VenueId};
use entity::{event_host, event_text, occurrence, organisation, tag, venue};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::access::Viewer;
use crate::events::store::filter::{Filter, dates, of_event};
use crate::events::store::{occurrences, parts};

/// Events whose parts are loaded at once: databases take only so many values in a statement.
const AT_ONCE: usize = 5000;

/// Events, with all that their entries are made of.
#[derive(Debug, Default)]
pub struct Content {
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

/// The public events with a date that fits.
///
/// # Errors
/// Where the database fails.
pub async fn matching(db: &impl ConnectionTrait, filter: &Filter) -> Result<Content, DbErr> {
    let fitting = dates(&Viewer::Visitor, filter).expr(of_event(Column::Id)).take();
    let select = Entity::find().filter(Column::Id.in_subquery(fitting));
    with_parts(db, select.order_by_asc(Column::StartsAt).order_by_asc(Column::Id).all(db).await?).await
}

/// These events, with all that belongs to them.
///
/// # Errors
/// Where the database fails.
pub async fn with_parts(db: &impl ConnectionTrait, events: Vec<Model>) -> Result<Content, DbErr> {
    let mut content = Content { events, ..Content::default() };
    let ids: Vec<EventId> = content.events.iter().map(|event| event.id).collect();
    for ids in ids.chunks(AT_ONCE) {
        content.texts.extend(parts::texts(db, ids.to_vec()).await?);
        content.dates.extend(occurrences::of(db, ids.to_vec()).await?);
        content.hosts.extend(parts::hosts(db, ids.to_vec()).await?);
        content.tags.extend(parts::tags(db, ids.to_vec()).await?);
    }
    let answerable = content.hosts.values().filter_map(|hosts| hosts.first().map(|host| host.organisation_id)).collect();
    content.organisations = crate::organisations::store::by_ids(db, &Viewer::Visitor, answerable).await?;
    let mut venues: Vec<VenueId> = content.dates.values().flatten().filter_map(|date| date.venue_id).collect();
    venues.sort_unstable();
    venues.dedup();
    content.venues = crate::venues::store::by_ids(db, venues).await?;
    Ok(content)
}
