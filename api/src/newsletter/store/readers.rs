//! SQL of readers: their subscriptions, what they agreed to, and addresses that are never written to.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entity::id::{ConsentId, ConsentWordingId, NewsletterId, SubscriberId, SubscriptionId};
use entity::words::{ConsentChannel, ConsentStep, DeliveryStatus, SubscriptionStatus, SuppressionReason};
use entity::{consent, consent_wording, delivery, newsletter_subscription, subscriber, suppression};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::newsletter::wording::Wording;

/// The reader with this id.
///
/// # Errors
/// Where the database fails.
pub async fn by_id(db: &impl ConnectionTrait, id: SubscriberId) -> Result<Option<subscriber::Model>, DbErr> {
    subscriber::Entity::find_by_id(id).one(db).await
}

/// The reader with this address, made where there is none, and changed by nobody else until the transaction ends.
///
/// # Errors
/// Where the database fails.
pub async fn lock_or_make(tx: &DatabaseTransaction, new: subscriber::Model) -> Result<subscriber::Model, DbErr> {
    let email = new.email.clone();
    let insert = subscriber::Entity::insert(new.into_active_model()).on_conflict(OnConflict::new().do_nothing().to_owned());
    insert.exec_without_returning(tx).await?;
    let found = lock(tx, subscriber::Entity::find().filter(subscriber::Column::Email.eq(email))).await?;
    found.ok_or_else(|| DbErr::RecordNotFound("a reader that was just made".to_owned()))
}

/// A reader, changed by nobody else until the transaction ends.
///
/// # Errors
/// Where the database fails.
pub async fn lock_by_id(tx: &DatabaseTransaction, id: SubscriberId) -> Result<Option<subscriber::Model>, DbErr> {
    lock(tx, subscriber::Entity::find_by_id(id)).await
}

async fn lock(tx: &DatabaseTransaction, select: sea_orm::Select<subscriber::Entity>) -> Result<Option<subscriber::Model>, DbErr> {
    // On SQLite who writes is alone anyhow.
    let select = if tx.get_database_backend() == DatabaseBackend::Postgres { select.lock_exclusive() } else { select };
    select.one(tx).await
}

/// Writes how a reader is called and written to.
///
/// # Errors
/// Where the database fails.
pub async fn write_reader(tx: &impl ConnectionTrait, row: &subscriber::Model) -> Result<(), DbErr> {
    subscriber::Entity::update_many()
        .col_expr(subscriber::Column::Name, row.name.clone().into())
        .col_expr(subscriber::Column::Locale, row.locale.clone().into())
        .col_expr(subscriber::Column::AskedAt, row.asked_at.into())
        .col_expr(subscriber::Column::UpdatedAt, row.updated_at.into())
        .filter(subscriber::Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    Ok(())
}

/// What a reader gets, wanted to, or did.
///
/// # Errors
/// Where the database fails.
pub async fn subscriptions(db: &impl ConnectionTrait, reader: SubscriberId) -> Result<Vec<newsletter_subscription::Model>, DbErr> {
    Ok(super::parts::subscriptions(db, vec![reader]).await?.remove(&reader).unwrap_or_default())
}

/// Writes a subscription as it now stands: a new one, or one that there is.
///
/// # Errors
/// Where the database fails.
pub async fn write_subscription(tx: &impl ConnectionTrait, row: newsletter_subscription::Model) -> Result<(), DbErr> {
    use newsletter_subscription::{Column, Entity};
    let update = OnConflict::column(Column::Id)
        .update_columns([Column::Status, Column::RequestedAt, Column::ConfirmedAt, Column::EndedAt])
        .to_owned();
    Entity::insert(row.into_active_model()).on_conflict(update).exec_without_returning(tx).await?;
    Ok(())
}

/// Takes back what was not handed over yet for these subscriptions.
///
/// # Errors
/// Where the database fails.
pub async fn take_back(tx: &impl ConnectionTrait, ids: Vec<SubscriptionId>, status: DeliveryStatus) -> Result<(), DbErr> {
    use delivery::{Column, Entity};
    Entity::update_many()
        .col_expr(Column::Status, status.into())
        .filter(Column::SubscriptionId.is_in(ids))
        .filter(Column::Status.is_in([DeliveryStatus::Queued, DeliveryStatus::Deferred]))
        .exec(tx)
        .await?;
    Ok(())
}

/// Adds a step to the ledger of consents.
///
/// # Errors
/// Where the database fails.
pub async fn note_consent(
    tx: &impl ConnectionTrait,
    id: ConsentId,
    (subscriber_id, newsletter_id): (SubscriberId, NewsletterId),
    (step, channel): (ConsentStep, ConsentChannel),
    wording_id: Option<ConsentWordingId>,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = consent::Model { id, subscriber_id, newsletter_id, step, channel, wording_id, at };
    consent::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// The id of exact words; they are kept when they are shown for the first time.
///
/// # Errors
/// Where the database fails.
pub async fn wording(
    tx: &impl ConnectionTrait,
    new_id: ConsentWordingId,
    shown: &Wording,
    now: DateTime<Utc>,
) -> Result<ConsentWordingId, DbErr> {
    use consent_wording::{Column, Entity, Model};
    let digest = shown.digest();
    let row = Model {
        id: new_id,
        locale: shown.locale.to_string(),
        text: shown.text.clone().into_owned(),
        digest: digest.clone(),
        first_shown_at: now,
    };
    let insert = Entity::insert(row.into_active_model()).on_conflict(OnConflict::new().do_nothing().to_owned());
    insert.exec_without_returning(tx).await?;
    let kept = Entity::find().filter(Column::Digest.eq(digest)).one(tx).await?;
    Ok(kept.map_or(new_id, |kept| kept.id))
}

/// What was requested for a reader, in order.
///
/// # Errors
/// Where the database fails.
pub async fn requests(db: &impl ConnectionTrait, reader: SubscriberId) -> Result<Vec<consent::Model>, DbErr> {
    use consent::{Column, Entity};
    let steps = Entity::find().filter(Column::SubscriberId.eq(reader)).filter(Column::Step.eq(ConsentStep::Requested));
    steps.order_by_asc(Column::At).order_by_asc(Column::Id).all(db).await
}

/// Whether an address is never to be written to.
///
/// # Errors
/// Where the database fails.
pub async fn is_suppressed(db: &impl ConnectionTrait, email_hash: &str) -> Result<bool, DbErr> {
    Ok(suppression::Entity::find_by_id(email_hash).one(db).await?.is_some())
}

/// Those of these keyed hashes whose addresses are never to be written to.
///
/// # Errors
/// Where the database fails.
pub async fn suppressed(db: &impl ConnectionTrait, email_hashes: Vec<String>) -> Result<HashSet<String>, DbErr> {
    use suppression::{Column, Entity};
    let found = Entity::find().select_only().column(Column::EmailHash).filter(Column::EmailHash.is_in(email_hashes));
    Ok(found.into_tuple::<String>().all(db).await?.into_iter().collect())
}

/// Never writes to an address again, and ends what it gets.
///
/// # Errors
/// Where the database fails.
pub async fn suppress(
    tx: &impl ConnectionTrait,
    email_hash: String,
    reader: SubscriberId,
    reason: SuppressionReason,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    use newsletter_subscription::{Column, Entity};
    let row = suppression::Model { email_hash, reason, at: now };
    let insert = suppression::Entity::insert(row.into_active_model()).on_conflict(OnConflict::new().do_nothing().to_owned());
    insert.exec_without_returning(tx).await?;
    let ended = Entity::update_many().col_expr(Column::Status, SubscriptionStatus::Suppressed.into());
    let standing = ended.filter(Column::Status.is_in([SubscriptionStatus::Pending, SubscriptionStatus::Confirmed]));
    standing.filter(Column::SubscriberId.eq(reader)).exec(tx).await?;
    Ok(())
}
