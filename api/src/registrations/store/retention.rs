//! SQL that forgets people once what they registered for is long over. How many they were stays.

use chrono::{DateTime, Utc};
use entity::registration::{Column, Entity};
use entity::{occurrence, registration_answer, sensitive_answer};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

/// The name that is left of a person.
const NOBODY: &str = "–";

/// Deletes the sensitive answers for what was over before a moment. How many rows went.
///
/// # Errors
/// Where the database fails.
pub async fn forget_sensitive(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    let ids = ids(was_over_before(before));
    Ok(sensitive_answer::Entity::delete_many()
        .filter(sensitive_answer::Column::RegistrationId.in_subquery(ids))
        .exec(db)
        .await?
        .rows_affected)
}

/// Deletes all that tells who registered for what was over before a moment; the links given to them end. How many they were.
///
/// # Errors
/// Where the database fails.
pub async fn anonymise(db: &impl ConnectionTrait, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let of_them = || was_over_before(before).add(Expr::col((Entity, Column::AnonymisedAt)).is_null());
    registration_answer::Entity::delete_many()
        .filter(registration_answer::Column::RegistrationId.in_subquery(ids(of_them())))
        .exec(db)
        .await?;
    // Different ones, as an address counts once in its pool.
    let address = Expr::cust("'anonymous-' || number || '@invalid'");
    let done = Entity::update_many()
        .col_expr(Column::Name, NOBODY.into())
        .col_expr(Column::Email, address)
        .col_expr(Column::Note, SimpleExpr::from(None::<String>))
        .col_expr(Column::SearchText, "".into())
        .col_expr(Column::DeclineReason, SimpleExpr::from(None::<String>))
        .col_expr(Column::SecretVersion, Expr::col(Column::SecretVersion).add(1))
        .col_expr(Column::AnonymisedAt, now.into())
        .filter(of_them());
    Ok(done.exec(db).await?.rows_affected)
}

fn ids(which: Condition) -> SelectStatement {
    Query::select().column(Column::Id).from(Entity).cond_where(which).take()
}

/// That no date that somebody registered for ends later.
fn was_over_before(moment: DateTime<Utc>) -> Condition {
    let date = |column: occurrence::Column| Expr::col((occurrence::Entity, column));
    let own = |column: Column| Expr::col((Entity, column));
    let later = Query::select()
        .expr(Expr::val(1))
        .from(occurrence::Entity)
        .and_where(date(occurrence::Column::EventId).eq(own(Column::EventId)))
        .and_where(own(Column::OccurrenceId).is_null().or(date(occurrence::Column::Id).eq(own(Column::OccurrenceId))))
        .and_where(date(occurrence::Column::OverAt).gte(moment))
        .take();
    Condition::all().add(Expr::exists(later).not())
}
