//! SQL of dates: lists of them, and the one that counts now for each event.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::{EventId, OccurrenceId};
use entity::occurrence::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, ExprTrait, Func, OrderedStatement, Query, WindowStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::filter::{Filter, dates, of_date};
use super::visible_to;
use crate::access::Viewer;
use crate::db::grouping;
use crate::db::keyset::Direction;
use crate::db::partition::{self, ITEM, OWNER, SORT_KEY};
use crate::kernel::{PageRequest, Slice};

/// A page of dates, earliest first.
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
    let matching = dates(viewer, filter).expr_as(of_date(Column::Id), ITEM).expr_as(of_date(Column::StartsAt), SORT_KEY).take();
    let (cursors, total) = partition::page(db, &matching, page, Direction::Ascending, count).await?;
    let rows = rows(db, cursors.iter().map(|cursor| OccurrenceId(cursor.id)).collect()).await?;
    let found = cursors.into_iter().filter_map(|cursor| rows.get(&OccurrenceId(cursor.id)).cloned().map(|row| (cursor, row))).collect();
    Ok(Slice::cut(found, page, total))
}

/// The same page of the dates of each of many events that a viewer was shown.
///
/// # Errors
/// Where the database fails.
pub async fn pages_of(
    db: &impl ConnectionTrait,
    events: &[Uuid],
    (from, until): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    page: &PageRequest,
    count: bool,
) -> Result<HashMap<Uuid, Slice<Model>>, DbErr> {
    let mut matching = Query::select()
        .from(Entity)
        .and_where(Column::EventId.is_in(events.iter().copied()))
        .expr_as(of_date(Column::EventId), OWNER)
        .expr_as(of_date(Column::Id), ITEM)
        .expr_as(of_date(Column::StartsAt), SORT_KEY)
        .take();
    matching.and_where_option(from.map(|from| Column::StartsAt.gte(from))).and_where_option(until.map(|until| Column::StartsAt.lt(until)));
    let pages = partition::pages(db, &matching, page, Direction::Ascending, count).await?;
    let rows = rows(db, pages.items().into_iter().map(OccurrenceId).collect()).await?;
    Ok(pages.into_slices(events, page, |id| rows.get(&OccurrenceId(id)).cloned()))
}

/// Those of these ids whose events the viewer may see.
///
/// # Errors
/// Where the database fails.
pub async fn by_ids(db: &impl ConnectionTrait, viewer: &Viewer, ids: Vec<OccurrenceId>) -> Result<HashMap<OccurrenceId, Model>, DbErr> {
    let events = visible_to(viewer).select_only().column(entity::event::Column::Id).into_query();
    let found = Entity::find().filter(Column::Id.is_in(ids)).filter(Column::EventId.in_subquery(events)).all(db).await?;
    Ok(found.into_iter().map(|row| (row.id, row)).collect())
}

/// All dates of these events, earliest first.
///
/// # Errors
/// Where the database fails.
pub async fn of(db: &impl ConnectionTrait, events: Vec<EventId>) -> Result<HashMap<EventId, Vec<Model>>, DbErr> {
    Ok(grouping::by(Entity::find().filter(Column::EventId.is_in(events)).order_by_asc(Column::OriginalStartsAt).all(db).await?, |row| {
        row.event_id
    }))
}

/// The date that counts now for each of these events: the next that takes place; else the next that is cancelled; else the last.
///
/// # Errors
/// Where the database fails.
pub async fn current(db: &impl ConnectionTrait, events: Vec<EventId>, now: DateTime<Utc>) -> Result<HashMap<EventId, Model>, DbErr> {
    let is_ahead = || Expr::col(Column::OverAt).gt(now);
    let standing = Expr::case(is_ahead().and(Expr::col(Column::IsCancelled).not()), 0).case(is_ahead(), 1).finally(2);
    let start_ahead = Expr::case(is_ahead(), Expr::col(Column::StartsAt)).finally(Expr::val(None::<DateTime<Utc>>));
    let mut within_event = WindowStatement::partition_by(Column::EventId);
    OrderedStatement::order_by_expr(&mut within_event, standing.into(), Order::Asc);
    OrderedStatement::order_by_expr(&mut within_event, start_ahead.into(), Order::Asc);
    OrderedStatement::order_by(&mut within_event, Column::StartsAt, Order::Desc);
    let ranked = Query::select()
        .column(Column::Id)
        .expr_window_as(Func::cust("ROW_NUMBER"), within_event, "place")
        .from(Entity)
        .and_where(Column::EventId.is_in(events))
        .take();
    let first = Query::select().column("id").from_subquery(ranked, "ranked").and_where(Expr::col("place").eq(1)).take();
    let rows = Entity::find().filter(Column::Id.in_subquery(first)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.event_id, row)).collect())
}

/// The start of the first and of the last date of each of these events.
///
/// # Errors
/// Where the database fails.
pub async fn spans(db: &impl ConnectionTrait, events: Vec<EventId>) -> Result<HashMap<EventId, (DateTime<Utc>, DateTime<Utc>)>, DbErr> {
    let select = Entity::find()
        .select_only()
        .column(Column::EventId)
        .column_as(Column::StartsAt.min(), "first")
        .column_as(Column::StartsAt.max(), "last")
        .filter(Column::EventId.is_in(events))
        .group_by(Column::EventId);
    Ok(select.into_model::<Span>().all(db).await?.into_iter().map(|span| (span.event_id, (span.first, span.last))).collect())
}

#[derive(FromQueryResult)]
struct Span {
    event_id: EventId,
    first: DateTime<Utc>,
    last: DateTime<Utc>,
}

async fn rows(db: &impl ConnectionTrait, ids: Vec<OccurrenceId>) -> Result<HashMap<OccurrenceId, Model>, DbErr> {
    Ok(Entity::find().filter(Column::Id.is_in(ids)).all(db).await?.into_iter().map(|row| (row.id, row)).collect())
}
