//! SQL of the waiting line, under the lock of its pool.

use chrono::{DateTime, Utc};
use entity::id::{RegistrationId, SeatPoolId};
use entity::registration::{Column, Entity};
use entity::words::RegistrationStatus;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::registrations::rules::line::Waiting;

/// Who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InLine {
    /// Their registration.
    pub registration: RegistrationId,
    /// Their place, in the order in which places are given.
    pub number: i32,
    /// Whether an organiser approved it.
    pub is_approved: bool,
}

/// People who are looked at together.
const PAGE: u64 = 200;

/// The next in the line of a pool, after a place in it, whose party is no larger than `most`: a page of them.
///
/// # Errors
/// Where the database fails.
pub async fn next(tx: &DatabaseTransaction, pool: SeatPoolId, after: i32, most: Option<u32>) -> Result<Vec<Waiting<InLine>>, DbErr> {
    let columns = [Column::Id, Column::Seats, Column::ApprovedAt, Column::Number];
    let select = Entity::find().select_only().columns(columns).filter(Column::SeatPoolId.eq(pool));
    let mut waiting = select.filter(Column::Status.eq(RegistrationStatus::Waitlisted)).filter(Column::Number.gt(after));
    if let Some(most) = most {
        waiting = waiting.filter(Column::Seats.lte(most));
    }
    let in_line = |row: Row| Waiting {
        id: InLine { registration: row.id, number: row.number, is_approved: row.approved_at.is_some() },
        seats: u32::try_from(row.seats).unwrap_or(0),
    };
    let rows = waiting.order_by_asc(Column::Number).limit(PAGE).into_model::<Row>().all(tx).await?;
    Ok(rows.into_iter().map(in_line).collect())
}

/// How many wait in a pool.
///
/// # Errors
/// Where the database fails.
pub async fn length(tx: &DatabaseTransaction, pool: SeatPoolId) -> Result<u64, DbErr> {
    Entity::find().filter(Column::SeatPoolId.eq(pool)).filter(Column::Status.eq(RegistrationStatus::Waitlisted)).count(tx).await
}

#[derive(FromQueryResult)]
struct Row {
    id: RegistrationId,
    seats: i32,
    number: i32,
    approved_at: Option<DateTime<Utc>>,
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
    if ids.is_empty() {
        return Ok(());
    }
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
