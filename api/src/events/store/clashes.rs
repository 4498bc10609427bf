//! SQL of dates that clash.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::{EventId, OccurrenceId};
use entity::occurrence::{Column, Entity, Model};
use entity::words::EventStatus;
use entity::{event, event_host, event_tag, venue};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::is_listed_to;
use crate::access::Viewer;
use crate::db::keyset::Direction;
use crate::db::partition::{self, ITEM, OWNER, SORT_KEY};
use crate::kernel::PageRequest;

/// Dates told of one event at the most.
const MOST: u32 = 20;

/// The date of the event that is planned.
const OWN: &str = "own_date";
/// That event.
const PLANNED: &str = "planned";

/// The dates of other events that clash with dates of these that lie ahead, earliest first.
///
/// # Errors
/// Where the database fails.
pub async fn of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    events: Vec<EventId>,
    now: DateTime<Utc>,
) -> Result<HashMap<EventId, Vec<Model>>, DbErr> {
    let owners: Vec<Uuid> = events.iter().map(|id| id.0).collect();
    let page = PageRequest::first(MOST);
    let pages = partition::pages(db, &clashing(viewer, &events, now), &page, Direction::Ascending, false).await?;
    let ids: Vec<OccurrenceId> = pages.items().into_iter().map(OccurrenceId).collect();
    let rows: HashMap<OccurrenceId, Model> =
        Entity::find().filter(Column::Id.is_in(ids)).all(db).await?.into_iter().map(|row| (row.id, row)).collect();
    let slices = pages.into_slices(&owners, &page, |id| rows.get(&OccurrenceId(id)).cloned());
    Ok(slices.into_iter().map(|(id, slice)| (EventId(id), slice.items.into_iter().map(|(_, row)| row).collect())).collect())
}

fn clashing(viewer: &Viewer, events: &[EventId], now: DateTime<Utc>) -> SelectStatement {
    let own = |column: Column| Expr::col((Alias::new(OWN), column));
    let planned = |column: event::Column| Expr::col((Alias::new(PLANNED), column));
    let other = |column: Column| Expr::col((Entity, column));
    let at_the_same_time = other(Column::StartsAt).lt(own(Column::OverAt)).and(other(Column::OverAt).gt(own(Column::StartsAt)));
    let takes_place =
        Expr::col((event::Entity, event::Column::Status)).is_in([EventStatus::Published, EventStatus::Scheduled, EventStatus::InReview]);
    let for_the_same = Condition::any()
        .add(Expr::exists(shares_host()))
        .add(Expr::exists(shares_topic()))
        .add(Expr::exists(shares_district()))
        .add(Expr::col((event::Entity, event::Column::Category)).equals((Alias::new(PLANNED), event::Column::Category)));
    Query::select()
        .distinct()
        .expr_as(own(Column::EventId), OWNER)
        .expr_as(other(Column::Id), ITEM)
        .expr_as(other(Column::StartsAt), SORT_KEY)
        .from_as(Entity, Alias::new(OWN))
        .join_as(
            sea_orm::JoinType::InnerJoin,
            event::Entity,
            Alias::new(PLANNED),
            planned(event::Column::Id).equals((Alias::new(OWN), Column::EventId)),
        )
        .join(sea_orm::JoinType::InnerJoin, Entity, at_the_same_time)
        .join(sea_orm::JoinType::InnerJoin, event::Entity, Expr::col((event::Entity, event::Column::Id)).equals((Entity, Column::EventId)))
        .and_where(own(Column::EventId).is_in(events.iter().copied()))
        .and_where(own(Column::OverAt).gt(now))
        .and_where(own(Column::IsCancelled).not())
        .and_where(other(Column::IsCancelled).not())
        .and_where(other(Column::EventId).ne(own(Column::EventId)))
        .and_where(takes_place)
        .cond_where(is_listed_to(viewer))
        .cond_where(for_the_same)
        .take()
}

fn shares_host() -> SelectStatement {
    let theirs = Alias::new("their_host");
    let ours = Alias::new("our_host");
    Query::select()
        .expr(Expr::val(1))
        .from_as(event_host::Entity, theirs.clone())
        .join_as(
            sea_orm::JoinType::InnerJoin,
            event_host::Entity,
            ours.clone(),
            Expr::col((ours.clone(), event_host::Column::OrganisationId)).equals((theirs.clone(), event_host::Column::OrganisationId)),
        )
        .and_where(Expr::col((theirs, event_host::Column::EventId)).equals((event::Entity, event::Column::Id)))
        .and_where(Expr::col((ours, event_host::Column::EventId)).equals((Alias::new(PLANNED), event::Column::Id)))
        .take()
}

fn shares_topic() -> SelectStatement {
    let (theirs, ours) = (Alias::new("their_tag"), Alias::new("our_tag"));
    Query::select()
        .expr(Expr::val(1))
        .from_as(event_tag::Entity, theirs.clone())
        .join_as(
            sea_orm::JoinType::InnerJoin,
            event_tag::Entity,
            ours.clone(),
            Expr::col((ours.clone(), event_tag::Column::TagId)).equals((theirs.clone(), event_tag::Column::TagId)),
        )
        .and_where(Expr::col((theirs, event_tag::Column::EventId)).equals((event::Entity, event::Column::Id)))
        .and_where(Expr::col((ours, event_tag::Column::EventId)).equals((Alias::new(PLANNED), event::Column::Id)))
        .take()
}

fn shares_district() -> SelectStatement {
    let (theirs, ours) = (Alias::new("their_venue"), Alias::new("our_venue"));
    Query::select()
        .expr(Expr::val(1))
        .from_as(venue::Entity, theirs.clone())
        .join_as(
            sea_orm::JoinType::InnerJoin,
            venue::Entity,
            ours.clone(),
            Expr::col((ours.clone(), venue::Column::District)).equals((theirs.clone(), venue::Column::District)),
        )
        .and_where(Expr::col((theirs, venue::Column::Id)).equals((Entity, Column::VenueId)))
        .and_where(Expr::col((ours, venue::Column::Id)).equals((Alias::new(OWN), Column::VenueId)))
        .take()
}
