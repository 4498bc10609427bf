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
    /// Whether an organiser approved it.
    pub is_approved: bool,
}

/// Who waits in a pool, the next in line first.
///
/// # Errors
/// Where the database fails.
pub async fn line(tx: &DatabaseTransaction, pool: SeatPoolId) -> Result<Vec<Waiting<InLine>>, DbErr> {
    let columns = [Column::Id, Column::Seats, Column::ApprovedAt];
    let select = Entity::find().select_only().columns(columns).filter(Column::SeatPoolId.eq(pool));
    let waiting = select.filter(Column::Status.eq(RegistrationStatus::Waitlisted)).order_by_asc(Column::Number);
    let in_line = |row: Row| Waiting {
        id: InLine { registration: row.id, is_approved: row.approved_at.is_some() },
        seats: u32::try_from(row.seats).unwrap_or(0),
    };
    Ok(waiting.into_model::<Row>().all(tx).await?.into_iter().map(in_line).collect())
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
