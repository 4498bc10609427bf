//! SQL that writes registrations, under the lock of their pool.

use chrono::{DateTime, Utc};
use entity::id::{RegistrationId, SeatPoolId};
use entity::lists::Strings;
use entity::registration::{Column, Entity, Model};
use entity::words::RegistrationStatus;
use entity::{registration_answer, sensitive_answer};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use crate::registrations::rules::answers::Answered;

/// Answers in one statement: SQLite takes 32,766 variables.
const ANSWERS_AT_ONCE: usize = 4000;

/// The registrations of these addresses that count in a pool.
///
/// # Errors
/// Where the database fails.
pub async fn standing(tx: &DatabaseTransaction, pool: SeatPoolId, emails: Vec<&str>) -> Result<Vec<Model>, DbErr> {
    let counts = [RegistrationStatus::Pending, RegistrationStatus::Confirmed, RegistrationStatus::Waitlisted];
    let select = Entity::find().filter(Column::SeatPoolId.eq(pool)).filter(Column::Email.is_in(emails));
    select.filter(Column::Status.is_in(counts)).all(tx).await
}

/// Writes new registrations, each with its answers: no more than go into one statement.
///
/// # Errors
/// Where the database fails.
pub async fn insert_all(tx: &DatabaseTransaction, new: Vec<(Model, Vec<Answered>)>) -> Result<(), DbErr> {
    if new.is_empty() {
        return Ok(());
    }
    Entity::insert_many(new.iter().map(|(row, _)| row.clone().into_active_model())).exec_without_returning(tx).await?;
    insert_answers(tx, new.into_iter().flat_map(|(row, answers)| answers.into_iter().map(move |answer| (row.id, answer)))).await
}

/// Sensitive ones lie apart.
async fn insert_answers(tx: &DatabaseTransaction, answers: impl Iterator<Item = (RegistrationId, Answered)>) -> Result<(), DbErr> {
    let (sensitive, plain): (Vec<_>, Vec<_>) = answers.partition(|(_, answer)| answer.question.sensitive);
    for some in plain.chunks(ANSWERS_AT_ONCE) {
        let rows = some.iter().cloned().map(|(registration_id, Answered { position, question, values })| {
            registration_answer::Model { registration_id, position, question, answers: Strings(values) }.into_active_model()
        });
        registration_answer::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    for some in sensitive.chunks(ANSWERS_AT_ONCE) {
        let rows = some.iter().cloned().map(|(registration_id, Answered { position, question, values })| {
            sensitive_answer::Model { registration_id, position, question, answers: Strings(values) }.into_active_model()
        });
        sensitive_answer::Entity::insert_many(rows).exec_without_returning(tx).await?;
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

/// Writes what an organiser decided on a request.
///
/// # Errors
/// Where the database fails.
pub async fn decide(tx: &DatabaseTransaction, row: &Model) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Status, row.status.into())
        .col_expr(Column::Number, row.number.into())
        .col_expr(Column::ApprovedAt, row.approved_at.into())
        .col_expr(Column::ConfirmedAt, row.confirmed_at.into())
        .col_expr(Column::DeclineReason, row.decline_reason.clone().into())
        .col_expr(Column::UpdatedAt, row.updated_at.into())
        .col_expr(Column::InvitationSequence, row.invitation_sequence.into())
        .filter(Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes who comes, with how many and what they say; and their answers, where they are given anew.
///
/// # Errors
/// Where the database fails.
pub async fn update(tx: &DatabaseTransaction, row: &Model, answers: Option<Vec<Answered>>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Name, row.name.clone().into())
        .col_expr(Column::Seats, row.seats.into())
        .col_expr(Column::Note, row.note.clone().into())
        .col_expr(Column::SearchText, row.search_text.clone().into())
        .col_expr(Column::UpdatedAt, row.updated_at.into())
        .col_expr(Column::InvitationSequence, row.invitation_sequence.into())
        .filter(Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    let Some(answers) = answers else { return Ok(()) };
    registration_answer::Entity::delete_many().filter(registration_answer::Column::RegistrationId.eq(row.id)).exec(tx).await?;
    sensitive_answer::Entity::delete_many().filter(sensitive_answer::Column::RegistrationId.eq(row.id)).exec(tx).await?;
    insert_answers(tx, answers.into_iter().map(|answer| (row.id, answer))).await
}

/// Writes whether somebody was let in, and when.
///
/// # Errors
/// Where the database fails.
pub async fn check_in(tx: &DatabaseTransaction, row: &Model) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::CheckedInAt, row.checked_in_at.into()).filter(Column::Id.eq(row.id)).exec(tx).await?;
    Ok(())
}

/// Writes that the person's calendar said that they come.
///
/// # Errors
/// Where the database fails.
pub async fn note_acceptance(db: &impl ConnectionTrait, id: RegistrationId, now: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::AcceptedAt, now.into()).filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// A registration as it is now.
///
/// # Errors
/// Where the database fails.
pub async fn again(tx: &DatabaseTransaction, id: RegistrationId) -> Result<Model, DbErr> {
    Entity::find_by_id(id).one(tx).await?.ok_or_else(|| DbErr::RecordNotFound("a registration that was just written".to_owned()))
}

/// Writes that people are told once more that they are registered.
///
/// # Errors
/// Where the database fails.
pub async fn note_reminders(tx: &DatabaseTransaction, ids: Vec<RegistrationId>, now: DateTime<Utc>) -> Result<(), DbErr> {
    if !ids.is_empty() {
        Entity::update_many().col_expr(Column::RemindedAt, now.into()).filter(Column::Id.is_in(ids)).exec(tx).await?;
    }
    Ok(())
}
