//! SQL of registrations. Reads start from [`visible_to`], or from a secret that opens one.

pub mod ahead;
pub mod line;
pub mod list;
pub mod messages;
pub mod own;
pub mod parts;
pub mod receipts;
pub mod retention;
pub mod target;
pub mod write;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::{EventId, OccurrenceId, OrganisationId, PersonId, RegistrationId};
use entity::registration::{Column, Entity, Model};
use entity::words::RegistrationStatus;
use entity::{event_host, person, seat_pool};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};

use crate::access::Viewer;
use crate::access::viewer::Organisations;
use crate::events;

/// The registrations that a viewer may see without a secret: those for what they answer for, and those of their own address.
#[must_use]
pub fn visible_to(viewer: &Viewer) -> Select<Entity> {
    let answered_for = match viewer.edits() {
        Organisations::All => return Entity::find(),
        Organisations::These(ids) if ids.is_empty() => None,
        Organisations::These(ids) => Some(Expr::exists(answered_for_by(ids))),
    };
    let own = viewer.person_id().map(is_of);
    // Any of nothing would be everything.
    let nothing = Condition::any().add(Expr::val(1).eq(0));
    Entity::find().filter(nothing.add_option(answered_for).add_option(own))
}

/// Whether a registration is of the address that a person proved to be theirs.
#[must_use]
pub fn is_of(person: PersonId) -> SimpleExpr {
    use person::{Column as Of, Entity as People};
    let address = Query::select().column(Of::Email).from(People).and_where(Of::Id.eq(person)).take();
    Column::Email.in_subquery(address).and(Column::AnonymisedAt.is_null())
}

fn answered_for_by(ids: Vec<OrganisationId>) -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(event_host::Entity)
        .and_where(Expr::col((event_host::Entity, event_host::Column::EventId)).eq(Expr::col((Entity, Column::EventId))))
        .and_where(event_host::Column::OrganisationId.is_in(ids))
        .and_where(event_host::Column::Position.eq(0))
        .take()
}

/// Those of these ids that the viewer may see.
///
/// # Errors
/// Where the database fails.
pub async fn by_ids(db: &impl ConnectionTrait, viewer: &Viewer, ids: Vec<RegistrationId>) -> Result<HashMap<RegistrationId, Model>, DbErr> {
    Ok(visible_to(viewer).filter(Column::Id.is_in(ids)).all(db).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// The one that a secret opens: it has this id, and the secret is of its present version.
///
/// # Errors
/// Where the database fails.
pub async fn by_secret(db: &impl ConnectionTrait, (id, version): (RegistrationId, i32)) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).filter(Column::SecretVersion.eq(version)).one(db).await
}

/// The one with this id, for what is done in our own name.
///
/// # Errors
/// Where the database fails.
pub async fn by_id(db: &impl ConnectionTrait, id: RegistrationId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// How many registrations of its address were made before this one, since a moment.
///
/// # Errors
/// Where the database fails.
pub async fn earlier_of_address(db: &impl ConnectionTrait, row: &Model, since: DateTime<Utc>) -> Result<u64, DbErr> {
    let of_address = Entity::find().filter(Column::Email.eq(row.email.as_str())).filter(Column::CreatedAt.gt(since));
    of_address.filter(Column::Id.lt(row.id)).count(db).await
}

/// The next registrations in the order of their ids that stand for an event, or for one date of it, and tell whose they are.
///
/// # Errors
/// Where the database fails.
pub async fn standing_for(
    db: &impl ConnectionTrait,
    (event, occurrence): (EventId, Option<OccurrenceId>),
    after: Option<RegistrationId>,
    most: u64,
) -> Result<Vec<RegistrationId>, DbErr> {
    let mut select = Entity::find().select_only().column(Column::Id).filter(Column::EventId.eq(event));
    select =
        select.filter(Column::Status.is_in([RegistrationStatus::Confirmed, RegistrationStatus::Waitlisted, RegistrationStatus::Pending]));
    select = select.filter(Column::AnonymisedAt.is_null());
    if let Some(occurrence) = occurrence {
        select = select.filter(Column::OccurrenceId.eq(occurrence));
    }
    if let Some(after) = after {
        select = select.filter(Column::Id.gt(after));
    }
    select.order_by_asc(Column::Id).limit(most).into_tuple().all(db).await
}

/// A registration as it is once its pool is locked, with that pool.
///
/// # Errors
/// Where the database fails.
pub async fn locked(tx: &DatabaseTransaction, row: &Model) -> Result<Option<(Model, seat_pool::Model)>, DbErr> {
    let pool = events::store::seats::lock(tx, row.seat_pool_id, row.event_id, row.occurrence_id).await?;
    Ok(Entity::find_by_id(row.id).one(tx).await?.map(|row| (row, pool)))
}
