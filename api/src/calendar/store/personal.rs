//! SQL of a person's own calendar: what they registered for with the address that they proved to be theirs.

use entity::id::PersonId;
use entity::{event, registration};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use crate::registrations::store::is_of;

/// All that they registered for, however it stands now.
///
/// # Errors
/// Where the database fails.
pub async fn registrations(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<registration::Model>, DbErr> {
    registration::Entity::find().filter(is_of(person)).order_by_asc(registration::Column::Id).all(db).await
}

/// The events of all that.
///
/// # Errors
/// Where the database fails.
pub async fn events(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<event::Model>, DbErr> {
    use event::Column;
    let registered = registration::Entity::find().select_only().column(registration::Column::EventId).filter(is_of(person));
    let select = event::Entity::find().filter(Column::Id.in_subquery(registered.into_query()));
    select.order_by_asc(Column::StartsAt).order_by_asc(Column::Id).all(db).await
}
