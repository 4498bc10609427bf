//! SQL of which events tell of others: of a venue, a host, a programme.

use entity::event::{Column, Entity};
use entity::id::{EventId, OrganisationId, ProgrammeId, VenueId};
use entity::{event_host, occurrence};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

/// The events that have a date at a venue, or are there themselves.
///
/// # Errors
/// Where the database fails.
pub async fn of_venue(db: &impl ConnectionTrait, venue: VenueId) -> Result<Vec<EventId>, DbErr> {
    use occurrence::{Column as Date, Entity as Dates};
    let there = Dates::find().select_only().column(Date::EventId).filter(Date::VenueId.eq(venue)).into_query();
    ids(db, Condition::any().add(Column::VenueId.eq(venue)).add(Column::Id.in_subquery(there))).await
}

/// The events that an organisation hosts in any role.
///
/// # Errors
/// Where the database fails.
pub async fn of_organisation(db: &impl ConnectionTrait, organisation: OrganisationId) -> Result<Vec<EventId>, DbErr> {
    use event_host::{Column as Host, Entity as Hosts};
    let hosted = Hosts::find().select_only().column(Host::EventId).filter(Host::OrganisationId.eq(organisation)).into_query();
    ids(db, Condition::all().add(Column::Id.in_subquery(hosted))).await
}

/// The events of a programme.
///
/// # Errors
/// Where the database fails.
pub async fn of_programme(db: &impl ConnectionTrait, programme: ProgrammeId) -> Result<Vec<EventId>, DbErr> {
    ids(db, Condition::all().add(Column::ProgrammeId.eq(programme))).await
}

async fn ids(db: &impl ConnectionTrait, which: Condition) -> Result<Vec<EventId>, DbErr> {
    Entity::find().select_only().column(Column::Id).filter(which).order_by_asc(Column::Id).into_tuple().all(db).await
}
