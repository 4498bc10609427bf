//! SQL that writes registrations, under the lock of their pool.

use chrono::{DateTime, Utc};
use entity::id::{RegistrationId, SeatPoolId};
use entity::lists::Strings;
use entity::registration::{Column, Entity, Model};
use entity::words::RegistrationStatus;
use entity::{registration_answer, sensitive_answer};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use crate::registrations::rules::answers::Answered;
use crate::registrations::rules::line::Waiting;

/// The registration of an address that counts in a pool.
///
/// # Errors
/// Where the database fails.
pub async fn standing(tx: &DatabaseTransaction, pool: SeatPoolId, email: &str) -> Result<Option<Model>, DbErr> {
    let counts = [RegistrationStatus::Pending, RegistrationStatus::Confirmed, RegistrationStatus::Waitlisted];
    let select = Entity::find().filter(Column::SeatPoolId.eq(pool)).filter(Column::Email.eq(email));
    select.filter(Column::Status.is_in(counts)).one(tx).await
}

/// Writes a new registration with its answers.
///
/// # Errors
/// Where the database fails.
pub async fn insert(tx: &DatabaseTransaction, row: Model, answers: Vec<Answered>) -> Result<(), DbErr> {
    let registration_id = row.id;
    Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    let (sensitive, plain): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.question.sensitive);
    let plain = plain.into_iter().map(|Answered { position, question, values }| {
        registration_answer::Model { registration_id, position, question, answers: Strings(values) }.into_active_model()
    });
    let sensitive = sensitive.into_iter().map(|Answered { position, question, values }| {
        sensitive_answer::Model { registration_id, position, question, answers: Strings(values) }.into_active_model()
    });
    let (plain, sensitive): (Vec<_>, Vec<_>) = (plain.collect(), sensitive.collect());
    if !plain.is_empty() {
        registration_answer::Entity::insert_many(plain).exec_without_returning(tx).await?;
    }
    if !sensitive.is_empty() {
        sensitive_answer::Entity::insert_many(sensitive).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Writes that a registration is cancelled, and that the person's invitation is.
///
/// # Errors
/// Where the database fails.
pub async fn cancel(tx: &DatabaseTransaction, row: &Model, now: DateTime<Utc>) -> Result<Model, DbErr> {
    let cancelled = Model {
        status: RegistrationStatus::Cancelled,
        cancelled_at: Some(now),
        updated_at: now,
        invitation_sequence: row.invitation_sequence + 1,
        ..row.clone()
    };
    Entity::update_many()
        .col_expr(Column::Status, cancelled.status.into())
        .col_expr(Column::CancelledAt, now.into())
        .col_expr(Column::UpdatedAt, now.into())
        .col_expr(Column::InvitationSequence, cancelled.invitation_sequence.into())
        .filter(Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    Ok(cancelled)
}

/// Who waits in a pool, the next in line first.
///
/// # Errors
/// Where the database fails.
pub async fn line(tx: &DatabaseTransaction, pool: SeatPoolId) -> Result<Vec<Waiting<RegistrationId>>, DbErr> {
    let select = Entity::find().select_only().columns([Column::Id, Column::Seats]).filter(Column::SeatPoolId.eq(pool));
    let waiting = select.filter(Column::Status.eq(RegistrationStatus::Waitlisted)).order_by_asc(Column::Number);
    let rows = waiting.into_model::<InLine>().all(tx).await?;
    Ok(rows.into_iter().map(|row| Waiting { id: row.id, seats: u32::try_from(row.seats).unwrap_or(0) }).collect())
}

#[derive(FromQueryResult)]
struct InLine {
    id: RegistrationId,
    seats: i32,
}

/// Writes that some who waited are confirmed, or pending where an organiser decides.
///
/// # Errors
/// Where the database fails.
pub async fn move_up(
    tx: &DatabaseTransaction,
    ids: &[RegistrationId],
    status: RegistrationStatus,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let confirmed_at = (status == RegistrationStatus::Confirmed).then_some(now);
    Entity::update_many()
        .col_expr(Column::Status, status.into())
        .col_expr(Column::ConfirmedAt, confirmed_at.into())
        .col_expr(Column::UpdatedAt, now.into())
        .col_expr(Column::InvitationSequence, Expr::col(Column::InvitationSequence).add(1))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes that the person is told once more that they are registered.
///
/// # Errors
/// Where the database fails.
pub async fn note_reminder(tx: &DatabaseTransaction, id: RegistrationId, now: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::RemindedAt, now.into()).filter(Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}
