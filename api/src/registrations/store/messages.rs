//! SQL of what organisers write to those who are registered.

use chrono::{DateTime, Utc};
use entity::id::{EventId, RegistrationId, RegistrationMessageId};
use entity::registration_message::{Column, Entity, Model};
use entity::words::{RegistrationAudience, RegistrationStatus};
use entity::{event, registration};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Set,
};

/// Waits for whoever writes about the same event.
///
/// # Errors
/// Where the database fails.
pub async fn lock_event(tx: &DatabaseTransaction, id: EventId) -> Result<(), DbErr> {
    // On SQLite who writes is alone anyhow.
    if tx.get_database_backend() == DatabaseBackend::Postgres {
        event::Entity::find_by_id(id).select_only().column(event::Column::Id).lock_exclusive().into_tuple::<EventId>().one(tx).await?;
    }
    Ok(())
}

/// Those about an event since a moment.
///
/// # Errors
/// Where the database fails.
pub async fn since(db: &impl ConnectionTrait, event: EventId, moment: DateTime<Utc>) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::EventId.eq(event)).filter(Column::CreatedAt.gt(moment)).all(db).await
}

/// Writes a new one.
///
/// # Errors
/// Where the database fails.
pub async fn insert(tx: &DatabaseTransaction, row: Model) -> Result<(), DbErr> {
    Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// The one with this id.
///
/// # Errors
/// Where the database fails.
pub async fn by_id(db: &impl ConnectionTrait, id: RegistrationMessageId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The one with this id, which nobody else spreads meanwhile.
///
/// # Errors
/// Where the database fails.
pub async fn locked(tx: &DatabaseTransaction, id: RegistrationMessageId) -> Result<Option<Model>, DbErr> {
    let select = Entity::find_by_id(id);
    let select = if tx.get_database_backend() == DatabaseBackend::Postgres { select.lock_exclusive() } else { select };
    select.one(tx).await
}

/// The next for whom a message is and to whom it was not left to be sent yet, in the order of their ids.
///
/// # Errors
/// Where the database fails.
pub async fn audience(db: &impl ConnectionTrait, message: &Model, most: u64) -> Result<Vec<RegistrationId>, DbErr> {
    use registration::{Column as Of, Entity as Registrations};
    let whom = match message.audience {
        RegistrationAudience::Confirmed => vec![RegistrationStatus::Confirmed],
        RegistrationAudience::Waitlisted => vec![RegistrationStatus::Waitlisted],
        RegistrationAudience::Pending => vec![RegistrationStatus::Pending],
        RegistrationAudience::Everyone => {
            vec![RegistrationStatus::Confirmed, RegistrationStatus::Waitlisted, RegistrationStatus::Pending]
        }
    };
    let mut select = Registrations::find().select_only().column(Of::Id).filter(Of::EventId.eq(message.event_id));
    select = select.filter(Of::Status.is_in(whom)).filter(Of::AnonymisedAt.is_null());
    if let Some(date) = message.occurrence_id {
        // Who registered for the event as a whole comes to all of its dates.
        select = select.filter(Of::OccurrenceId.eq(date).or(Of::OccurrenceId.is_null()));
    }
    if let Some(after) = message.told_up_to {
        select = select.filter(Of::Id.gt(after));
    }
    select.order_by_asc(Of::Id).limit(most).into_tuple().all(db).await
}

/// Writes to whom a message was left to be sent last; none after the last of all.
///
/// # Errors
/// Where the database fails.
pub async fn note_progress(
    tx: &DatabaseTransaction,
    id: RegistrationMessageId,
    last: Option<RegistrationId>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let mut row = entity::registration_message::ActiveModel { id: Set(id), ..Default::default() };
    match last {
        Some(last) => row.told_up_to = Set(Some(last)),
        None => row.told_at = Set(Some(now)),
    }
    Entity::update(row).exec(tx).await?;
    Ok(())
}

/// Forgets those written before a moment.
///
/// # Errors
/// Where the database fails.
pub async fn forget_before(db: &impl ConnectionTrait, moment: DateTime<Utc>) -> Result<u64, DbErr> {
    Ok(Entity::delete_many().filter(Column::CreatedAt.lt(moment)).exec(db).await?.rows_affected)
}
