//! SQL of what has changed in calendars, as triggers count it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::calendar_change::{Column, Entity, Model};
use entity::id::OrganisationId;
use sea_orm::sea_query::{Alias, Expr, Func};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QuerySelect};
use uuid::Uuid;

use crate::calendar::changes::{Changed, Changes};
use crate::db::insert;

/// Whose count is that of what concerns all.
const ALL: OrganisationId = OrganisationId(Uuid::nil());

/// How often anything has changed.
///
/// # Errors
/// Where the database fails.
pub async fn total(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    // What PostgreSQL adds up of such numbers is no such number.
    let sum = Func::cast_as(Func::sum(Expr::col(Column::Changes)), Alias::new("bigint"));
    let found: Option<Option<i64>> = Entity::find().select_only().expr_as(sum, "total").into_tuple().one(db).await?;
    Ok(found.flatten().unwrap_or(0))
}

/// How often what has changed, and when last.
///
/// # Errors
/// Where the database fails.
pub async fn all(db: &impl ConnectionTrait) -> Result<Changes, DbErr> {
    let mut of: HashMap<OrganisationId, Changed> = HashMap::new();
    for row in Entity::find().all(db).await? {
        let known = of.entry(row.organisation_id).or_default();
        *known = known.and(Changed { count: row.changes, last: Some(row.changed_at) });
    }
    let of_all = of.remove(&ALL).unwrap_or_default();
    Ok(Changes::new(of_all, of))
}

/// Adds up what single transactions counted: the sums stay as they are.
///
/// # Errors
/// Where the database fails.
pub async fn fold(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    let mut sums: HashMap<OrganisationId, (i64, DateTime<Utc>)> = HashMap::new();
    for row in Entity::delete_many().exec_with_returning(tx).await? {
        let sum = sums.entry(row.organisation_id).or_insert((0, row.changed_at));
        *sum = (sum.0 + row.changes, sum.1.max(row.changed_at));
    }
    let rows = sums.into_iter().map(|(organisation_id, (changes, changed_at))| Model { organisation_id, slot: 0, changes, changed_at });
    insert::rows::<Entity>(tx, rows.collect()).await
}
