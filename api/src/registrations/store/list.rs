//! SQL of the lists that organisers have of who registered for their events.

use std::collections::HashMap;

use entity::id::{EventId, OccurrenceId, RegistrationId};
use entity::registration::{Column, Entity, Model};
use entity::words::RegistrationStatus;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::db::keyset::Direction;
use crate::db::like;
use crate::db::partition::{self, ITEM, OWNER, SORT_KEY};
use crate::kernel::{PageRequest, Slice};

/// What a list can be narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// So far.
    pub status: Option<RegistrationStatus>,
    /// For this date.
    pub occurrence_id: Option<OccurrenceId>,
    /// In, or not in.
    pub is_checked_in: Option<bool>,
    /// Words in names, addresses and notes.
    pub search: Option<String>,
}

impl Filter {
    fn condition(&self) -> Condition {
        let checked_in =
            self.is_checked_in.map(|is_in| if is_in { Column::CheckedInAt.is_not_null() } else { Column::CheckedInAt.is_null() });
        Condition::all()
            .add_option(self.status.map(|status| Column::Status.eq(status)))
            // Who registered for the event as a whole comes to all of its dates.
            .add_option(self.occurrence_id.map(|id| Column::OccurrenceId.eq(id).or(Column::OccurrenceId.is_null())))
            .add_option(checked_in)
            .add_option(self.search.as_deref().map(|search| like::contains_every_word((Entity, Column::SearchText), search)))
    }
}

/// The same page of the registrations for each of many events, the earliest first.
///
/// # Errors
/// Where the database fails.
pub async fn pages_of(
    db: &impl ConnectionTrait,
    events: &[Uuid],
    filter: &Filter,
    page: &PageRequest,
    count: bool,
) -> Result<HashMap<Uuid, Slice<Model>>, DbErr> {
    let pages = partition::pages(db, &matching(events, filter), page, Direction::Ascending, count).await?;
    let ids: Vec<RegistrationId> = pages.items().into_iter().map(RegistrationId).collect();
    let rows = Entity::find().filter(Column::Id.is_in(ids)).all(db).await?;
    let rows: HashMap<Uuid, Model> = rows.into_iter().map(|row| (row.id.0, row)).collect();
    Ok(pages.into_slices(events, page, |id| rows.get(&id).cloned()))
}

fn matching(events: &[Uuid], filter: &Filter) -> SelectStatement {
    let col = |column: Column| Expr::col((Entity, column));
    Query::select()
        .expr_as(col(Column::EventId), OWNER)
        .expr_as(col(Column::Id), ITEM)
        .expr_as(col(Column::CreatedAt), SORT_KEY)
        .from(Entity)
        .and_where(col(Column::EventId).is_in(events.iter().copied()))
        .cond_where(filter.condition())
        .take()
}

/// The next of them by name, behind one.
///
/// # Errors
/// Where the database fails.
pub async fn next_by_name(
    db: &impl ConnectionTrait,
    event: EventId,
    filter: &Filter,
    after: Option<&Model>,
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let behind = after.map(|after| {
        let key = Expr::tuple([Expr::col(Column::SearchText), Expr::col(Column::Id)]);
        key.gt(Expr::tuple([Expr::val(after.search_text.clone()), Expr::val(after.id.0)]))
    });
    let select = Entity::find().filter(Column::EventId.eq(event)).filter(filter.condition());
    let select = select.filter(Condition::all().add_option(behind));
    select.order_by_asc(Column::SearchText).order_by_asc(Column::Id).limit(most).all(db).await
}
