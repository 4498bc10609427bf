//! SQL of lists of events, ordered by their first date that fits: of all, and of many owners at once.

use std::collections::HashMap;

use entity::event::{Column, Model};
use entity::id::EventId;
use entity::{event_host, occurrence};
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr};
use uuid::Uuid;

use super::filter::{Filter, dates, of_date, of_event};
use crate::access::Viewer;
use crate::db::keyset::Direction;
use crate::db::partition::{self, ITEM, OWNER, SORT_KEY};
use crate::kernel::{PageRequest, Slice};

/// Whose events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// What organisations host, in any role.
    Organisations,
    /// What belongs to programmes.
    Programmes,
    /// What has a date at venues.
    Venues,
}

/// A page of events.
///
/// # Errors
/// Where the database fails.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    page: &PageRequest,
    count: bool,
) -> Result<Slice<Model>, DbErr> {
    let matching = by_first_date(dates(viewer, filter));
    let (cursors, total) = partition::page(db, &matching, page, Direction::Ascending, count).await?;
    let rows = super::by_ids(db, viewer, cursors.iter().map(|cursor| EventId(cursor.id)).collect()).await?;
    let found = cursors.into_iter().filter_map(|cursor| rows.get(&EventId(cursor.id)).cloned().map(|row| (cursor, row))).collect();
    Ok(Slice::cut(found, page, total))
}

/// The same page of the events of each of many owners.
///
/// # Errors
/// Where the database fails.
pub async fn pages_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    owner: Owner,
    ids: &[Uuid],
    filter: &Filter,
    page: &PageRequest,
    count: bool,
) -> Result<HashMap<Uuid, Slice<Model>>, DbErr> {
    let mut matching = dates(viewer, filter);
    let owned_by = match owner {
        Owner::Programmes => of_event(Column::ProgrammeId),
        Owner::Venues => of_date(occurrence::Column::VenueId),
        Owner::Organisations => {
            let host = |column: event_host::Column| Expr::col((event_host::Entity, column));
            matching.inner_join(event_host::Entity, host(event_host::Column::EventId).eq(of_event(Column::Id)));
            host(event_host::Column::OrganisationId)
        }
    };
    matching.and_where(owned_by.clone().is_in(ids.iter().copied())).expr_as(owned_by.clone(), OWNER).add_group_by([owned_by]);
    let pages = partition::pages(db, &by_first_date(matching), page, Direction::Ascending, count).await?;
    let rows = super::by_ids(db, viewer, pages.items().into_iter().map(EventId).collect()).await?;
    Ok(pages.into_slices(ids, page, |id| rows.get(&EventId(id)).cloned()))
}

fn by_first_date(mut dates: SelectStatement) -> SelectStatement {
    let event = of_event(Column::Id);
    dates.expr_as(event.clone(), ITEM).expr_as(occurrence::Column::StartsAt.min(), SORT_KEY).add_group_by([event]).take()
}
