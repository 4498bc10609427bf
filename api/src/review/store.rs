//! SQL of the review desk: three lists of what waits, in one order.

use chrono::{DateTime, Utc};
use entity::id::{EventId, OrganisationId, PostId};
use entity::words::{EventStatus, MembershipDecision, PostStatus};
use entity::{event, membership, person, post};
use sea_orm::sea_query::{Expr, Func, Query, SelectStatement, SimpleExpr, UnionType};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, StatementBuilder};
use uuid::Uuid;

use crate::db::keyset::{self, Direction};
use crate::kernel::{Cursor, PageRequest, SortKey};

/// Something that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// A post in review.
    Post(PostId),
    /// An event in review.
    Event(EventId),
    /// An organisation that applied for membership.
    Organisation(OrganisationId),
}

/// Something that waits, since when, and where it stands in the list.
pub type InLine = (Cursor, (Waiting, DateTime<Utc>));

/// A page of what waits, what waits longest first. `None` as the second part where the number was not asked for.
///
/// # Errors
/// Where the database fails.
pub async fn page(db: &impl ConnectionTrait, page: &PageRequest, count: bool) -> Result<(Vec<InLine>, Option<u64>), DbErr> {
    let build = |statement: &SelectStatement| StatementBuilder::build(statement, &db.get_database_backend());
    let total = if count {
        let counting = Query::select().expr_as(Func::count(Expr::col("item")), "total").from_subquery(all(), "waiting").take();
        Total::find_by_statement(build(&counting)).one(db).await?.and_then(|row| u64::try_from(row.total).ok())
    } else {
        None
    };
    let (since, item): (SimpleExpr, SimpleExpr) = (Expr::col("since"), Expr::col("item"));
    let mut select = Query::select()
        .columns(["kind", "item", "since"])
        .from_subquery(all(), "waiting")
        .cond_where(keyset::between(page, Direction::Ascending, &since, &item))
        .take();
    keyset::order_and_limit(&mut select, page, Direction::Ascending, &since, &item);
    let rows = Row::find_by_statement(build(&select)).all(db).await?;
    Ok((rows.into_iter().map(|row| (Cursor { key: SortKey::Time(row.since), id: row.item }, (row.waiting(), row.since))).collect(), total))
}

fn all() -> SelectStatement {
    let in_review = |kind: i32, id: SimpleExpr, since: SimpleExpr, changed: SimpleExpr| {
        let since = Func::coalesce([since, changed]);
        Query::select().expr_as(Expr::val(kind), "kind").expr_as(id, "item").expr_as(since, "since").take()
    };
    let column = |column: post::Column| Expr::col((post::Entity, column));
    let mut posts = in_review(0, column(post::Column::Id), column(post::Column::HandedInAt), column(post::Column::UpdatedAt));
    posts.from(post::Entity).and_where(post::Column::Status.eq(PostStatus::InReview));
    let column = |column: event::Column| Expr::col((event::Entity, column));
    let mut events = in_review(1, column(event::Column::Id), column(event::Column::HandedInAt), column(event::Column::UpdatedAt));
    events.from(event::Entity).and_where(event::Column::Status.eq(EventStatus::InReview));
    let column = |column: membership::Column| Expr::col((membership::Entity, column));
    let since = || column(membership::Column::CreatedAt);
    let mut applications = in_review(2, column(membership::Column::OrganisationId), since(), since());
    applications.from(membership::Entity).and_where(membership::Column::Decision.eq(MembershipDecision::Applied));
    posts.union(UnionType::All, events).union(UnionType::All, applications).take()
}

/// Who works in the office.
///
/// # Errors
/// Where the database fails.
pub async fn office(db: &impl ConnectionTrait) -> Result<Vec<person::Model>, DbErr> {
    use person::{Column, Entity};
    Entity::find().filter(Column::NetworkRole.is_not_null()).order_by_asc(Column::Id).all(db).await
}

#[derive(FromQueryResult)]
struct Row {
    kind: i32,
    item: Uuid,
    since: DateTime<Utc>,
}

impl Row {
    fn waiting(&self) -> Waiting {
        match self.kind {
            0 => Waiting::Post(self.item.into()),
            1 => Waiting::Event(self.item.into()),
            _ => Waiting::Organisation(self.item.into()),
        }
    }
}

#[derive(FromQueryResult)]
struct Total {
    total: i64,
}
