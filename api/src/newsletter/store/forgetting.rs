//! SQL that forgets requests for newsletters.

use chrono::{DateTime, Utc};
use entity::words::{ConsentStep, SubscriptionStatus};
use entity::{consent, newsletter_subscription, subscriber};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

/// Deletes requests from before a moment that nobody confirmed, and readers who have nothing then. Who was a reader before, and for
/// whom somebody requested the newsletter again, is as before: what they once agreed to, and what was sent to them, stays on record.
///
/// # Errors
/// Where the database fails.
pub async fn unconfirmed(tx: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, DbErr> {
    use newsletter_subscription::{Column, Entity};
    let is_late = || Column::Status.eq(SubscriptionStatus::Pending).and(Column::RequestedAt.lt(before));
    let back = Entity::update_many().col_expr(Column::Status, SubscriptionStatus::Ended.into());
    let back = back.filter(is_late()).filter(Column::EndedAt.is_not_null()).exec(tx).await?.rows_affected;
    let gone = Entity::delete_many().filter(is_late()).exec(tx).await?.rows_affected;
    requests(tx, before).await?;
    let has_any = Query::select()
        .expr(Expr::val(1))
        .from(Entity)
        .and_where(Expr::col((Entity, Column::SubscriberId)).eq(Expr::col((subscriber::Entity, subscriber::Column::Id))))
        .take();
    let nobody = subscriber::Entity::delete_many().filter(Expr::exists(has_any).not()).filter(subscriber::Column::CreatedAt.lt(before));
    nobody.exec(tx).await?;
    Ok(back + gone)
}

/// Deletes from the ledger of consents what was requested before a moment, and neither confirmed nor withdrawn since.
async fn requests(tx: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<(), DbErr> {
    use consent::{Column, Entity};
    let since = Alias::new("since");
    let same = |column: Column| Expr::col((since.clone(), column)).eq(Expr::col((Entity, column)));
    let was_answered = Query::select()
        .expr(Expr::val(1))
        .from_as(Entity, since.clone())
        .and_where(same(Column::SubscriberId))
        .and_where(same(Column::NewsletterId))
        .and_where(Expr::col((since.clone(), Column::Step)).ne(ConsentStep::Requested))
        .and_where(Expr::col((since.clone(), Column::At)).gte(Expr::col((Entity, Column::At))))
        .take();
    let requests = Entity::delete_many().filter(Column::Step.eq(ConsentStep::Requested)).filter(Column::At.lt(before));
    requests.filter(Expr::exists(was_answered).not()).exec(tx).await?;
    Ok(())
}
