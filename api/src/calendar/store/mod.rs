//! SQL of calendars: what is in one, seen as its readers see it.

pub mod changes;
pub mod personal;

use chrono::{DateTime, TimeDelta, Utc};
use entity::event::{Column, Entity};
use entity::{occurrence, tag};
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::access::Viewer;
use crate::events::store::filter::{Filter, dates, of_event};
use crate::events::store::whole::Whole;
use crate::tags::store::is_called;

/// The events with a date that fits, and that a viewer finds in lists.
///
/// # Errors
/// Where the database fails.
pub async fn matching(db: &impl ConnectionTrait, viewer: &Viewer, filter: &Filter) -> Result<Whole, DbErr> {
    let fitting = dates(viewer, filter).expr(of_event(Column::Id)).take();
    let select = Entity::find().filter(Column::Id.in_subquery(fitting));
    Whole::of(db, select.order_by_asc(Column::StartsAt).order_by_asc(Column::Id).all(db).await?).await
}

/// When the last of the dates that were over `before` was over, and had been kept for so long: since then calendars lack it.
///
/// # Errors
/// Where the database fails.
pub async fn left_at(db: &impl ConnectionTrait, before: DateTime<Utc>, kept: TimeDelta) -> Result<Option<DateTime<Utc>>, DbErr> {
    let over_at = || Expr::col(occurrence::Column::OverAt);
    let last = occurrence::Entity::find().select_only().expr_as(Func::max(over_at()), "last").filter(over_at().lt(before));
    let found: Option<Option<DateTime<Utc>>> = last.into_tuple().one(db).await?;
    Ok(found.flatten().map(|at| at + kept))
}

/// What a topic is called.
///
/// # Errors
/// Where the database fails.
pub async fn name_of_tag(db: &impl ConnectionTrait, slug: &str) -> Result<Option<String>, DbErr> {
    tag::Entity::find().select_only().column(tag::Column::Name).filter(is_called(slug)).into_tuple().one(db).await
}
