//! SQL of those who are reminded of what they come to.

use chrono::{DateTime, Utc};
use entity::id::{OccurrenceId, RegistrationId};
use entity::occurrence;
use entity::registration::{Column, Entity};
use entity::words::RegistrationStatus;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

/// The dates that are not cancelled by themselves and start within a time; at most so many, those behind `after`.
///
/// # Errors
/// Where the database fails.
pub async fn dates(
    db: &impl ConnectionTrait,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    after: Option<OccurrenceId>,
    most: u64,
) -> Result<Vec<occurrence::Model>, DbErr> {
    use occurrence::{Column as Date, Entity as Dates};
    let select = Dates::find().filter(Date::StartsAt.gt(from)).filter(Date::StartsAt.lte(until)).filter(Date::IsCancelled.eq(false));
    let select = select.filter(Condition::all().add_option(after.map(|after| Date::Id.gt(after))));
    select.order_by_asc(Date::Id).limit(most).all(db).await
}

/// Notes that those are reminded who come to a date, and were confirmed before a moment: of an event as a whole, to its first date.
/// Each is given once, whoever asks.
///
/// # Errors
/// Where the database fails.
pub async fn claim(
    tx: &DatabaseTransaction,
    date: &occurrence::Model,
    is_first: bool,
    confirmed_before: DateTime<Utc>,
    now: DateTime<Utc>,
    most: u64,
) -> Result<Vec<RegistrationId>, DbErr> {
    let whole = is_first.then(|| Column::OccurrenceId.is_null().and(Column::EventId.eq(date.event_id)));
    let for_it = Condition::any().add(Column::OccurrenceId.eq(date.id)).add_option(whole);
    let due = Condition::all()
        .add(Column::Status.eq(RegistrationStatus::Confirmed))
        .add(Column::ToldAheadAt.is_null())
        .add(Column::AnonymisedAt.is_null())
        .add(Column::CheckedInAt.is_null())
        .add(Column::ConfirmedAt.lte(confirmed_before))
        .add(for_it);
    let next = Entity::find().select_only().column(Column::Id).filter(due.clone()).order_by_asc(Column::Id).limit(most);
    // Of two who ask at once, the second sees here what the first wrote.
    let claimed = Entity::update_many()
        .col_expr(Column::ToldAheadAt, now.into())
        .filter(Column::Id.in_subquery(next.into_query()))
        .filter(due)
        .exec_with_returning(tx)
        .await?;
    Ok(claimed.into_iter().map(|row| row.id).collect())
}
