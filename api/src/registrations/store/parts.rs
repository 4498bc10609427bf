//! SQL of what belongs to registrations, for many at once.

use std::collections::HashMap;

use entity::id::{EventId, OccurrenceId, RegistrationId};
use entity::lists::{Question, Strings};
use entity::registration::{Column, Entity};
use entity::words::RegistrationStatus;
use entity::{event, occurrence, registration_answer, sensitive_answer};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter};

/// A question as it was asked, and what was answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its place among the questions.
    pub position: i32,
    /// The question.
    pub question: Question,
    /// The answer, or several.
    pub answers: Strings,
}

/// What was answered, in the order of the questions.
///
/// # Errors
/// Where the database fails.
pub async fn answers(db: &impl ConnectionTrait, ids: Vec<RegistrationId>) -> Result<HashMap<RegistrationId, Vec<Answer>>, DbErr> {
    let plain = registration_answer::Entity::find().filter(registration_answer::Column::RegistrationId.is_in(ids.clone())).all(db).await?;
    let sensitive = sensitive_answer::Entity::find().filter(sensitive_answer::Column::RegistrationId.is_in(ids)).all(db).await?;
    let plain =
        plain.into_iter().map(|row| (row.registration_id, Answer { position: row.position, question: row.question, answers: row.answers }));
    let sensitive = sensitive
        .into_iter()
        .map(|row| (row.registration_id, Answer { position: row.position, question: row.question, answers: row.answers }));
    let mut found: HashMap<RegistrationId, Vec<Answer>> = HashMap::new();
    for (id, answer) in plain.chain(sensitive) {
        found.entry(id).or_default().push(answer);
    }
    found.values_mut().for_each(|answers| answers.sort_by_key(|answer| answer.position));
    Ok(found)
}

/// The places of those who wait, 1 for the next in line.
///
/// # Errors
/// Where the database fails.
pub async fn places_in_line(db: &impl ConnectionTrait, ids: Vec<RegistrationId>) -> Result<HashMap<RegistrationId, u32>, DbErr> {
    let ahead = Alias::new("ahead");
    let col = |column: Column| Expr::col((Entity, column));
    let before = |column: Column| Expr::col((ahead.clone(), column));
    let counted = Query::select()
        .expr(Expr::val(1).count())
        .from_as(Entity, ahead.clone())
        .and_where(before(Column::SeatPoolId).eq(col(Column::SeatPoolId)))
        .and_where(before(Column::Status).eq(RegistrationStatus::Waitlisted))
        .and_where(before(Column::Number).lte(col(Column::Number)))
        .take();
    let select = Query::select()
        .expr_as(col(Column::Id), "id")
        .expr_as(Expr::SubQuery(None, Box::new(counted.into())), "place")
        .from(Entity)
        .and_where(col(Column::Id).is_in(ids))
        .and_where(col(Column::Status).eq(RegistrationStatus::Waitlisted))
        .take();
    let rows = Place::find_by_statement(db.get_database_backend().build(&select)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, u32::try_from(row.place).unwrap_or(0))).collect())
}

#[derive(FromQueryResult)]
struct Place {
    id: RegistrationId,
    place: i64,
}

/// Events that somebody registered for, however they stand: who registered keeps seeing what for.
///
/// # Errors
/// Where the database fails.
pub async fn events(db: &impl ConnectionTrait, ids: Vec<EventId>) -> Result<HashMap<EventId, event::Model>, DbErr> {
    let rows = event::Entity::find().filter(event::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Dates that somebody registered for, however they stand.
///
/// # Errors
/// Where the database fails.
pub async fn dates(db: &impl ConnectionTrait, ids: Vec<OccurrenceId>) -> Result<HashMap<OccurrenceId, occurrence::Model>, DbErr> {
    let rows = occurrence::Entity::find().filter(occurrence::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
