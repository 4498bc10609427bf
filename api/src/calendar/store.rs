//! SQL of calendars: what is in one, seen as a visitor sees it.

use entity::event::{Column, Entity};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::access::Viewer;
use crate::events::store::filter::{Filter, dates, of_event};
use crate::events::store::whole::Whole;

/// The public events with a date that fits.
///
/// # Errors
/// Where the database fails.
pub async fn matching(db: &impl ConnectionTrait, filter: &Filter) -> Result<Whole, DbErr> {
    let fitting = dates(&Viewer::Visitor, filter).expr(of_event(Column::Id)).take();
    let select = Entity::find().filter(Column::Id.in_subquery(fitting));
    Whole::of(db, select.order_by_asc(Column::StartsAt).order_by_asc(Column::Id).all(db).await?).await
}
