//! Lists cut into pages from a query of `(owner, item, sort_key)`: of one list, or the same page for each of many owners at
//! once, whose rows are numbered within each owner's part. Sort keys are moments.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Func, OrderedStatement, Query, SelectStatement, SimpleExpr, WindowStatement};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, StatementBuilder};
use uuid::Uuid;

use super::keyset::{self, Direction};
use crate::kernel::{Cursor, PageRequest, Slice, SortKey};

/// Names the owner in a query to be cut.
pub const OWNER: &str = "owner";
/// Names the item in a query to be cut.
pub const ITEM: &str = "item";
/// Names the sort key in a query to be cut.
pub const SORT_KEY: &str = "sort_key";

/// What stands on one page of each owner's list, and how many items each list has where that was asked for.
#[derive(Debug)]
pub struct Pages {
    places: HashMap<Uuid, Vec<Cursor>>,
    totals: Option<HashMap<Uuid, u64>>,
}

/// The same page for each owner in `matching`.
///
/// # Errors
/// Where the database fails.
pub async fn pages(
    db: &impl ConnectionTrait,
    matching: &SelectStatement,
    page: &PageRequest,
    direction: Direction,
    count: bool,
) -> Result<Pages, DbErr> {
    let totals = if count { Some(totals(db, matching).await?) } else { None };
    let order = keyset::order(page, direction);
    let mut within_owner = WindowStatement::partition_by(OWNER);
    OrderedStatement::order_by(&mut within_owner, SORT_KEY, order.clone());
    OrderedStatement::order_by(&mut within_owner, ITEM, order);
    let numbered = Query::select()
        .columns([OWNER, ITEM, SORT_KEY])
        .expr_window_as(Func::cust("ROW_NUMBER"), within_owner, "place")
        .from_subquery(matching.clone(), "matching")
        .cond_where(keyset::between(page, direction, &sort_key(), &item()))
        .take();
    let query = Query::select()
        .columns([OWNER, ITEM, SORT_KEY])
        .from_subquery(numbered, "numbered")
        .and_where(Expr::col("place").lte(i64::from(page.limit) + 1))
        .order_by(OWNER, sea_orm::Order::Asc)
        .order_by("place", sea_orm::Order::Asc)
        .take();
    let mut places: HashMap<Uuid, Vec<Cursor>> = HashMap::new();
    for row in Owned::find_by_statement(StatementBuilder::build(&query, &db.get_database_backend())).all(db).await? {
        places.entry(row.owner).or_default().push(Cursor { key: SortKey::Time(row.sort_key), id: row.item });
    }
    Ok(Pages { places, totals })
}

/// A page of one list, whose query needs no owner.
///
/// # Errors
/// Where the database fails.
pub async fn page(
    db: &impl ConnectionTrait,
    matching: &SelectStatement,
    page: &PageRequest,
    direction: Direction,
    count: bool,
) -> Result<(Vec<Cursor>, Option<u64>), DbErr> {
    let total = if count { Some(total(db, matching).await?) } else { None };
    let mut query = Query::select()
        .columns([ITEM, SORT_KEY])
        .from_subquery(matching.clone(), "matching")
        .cond_where(keyset::between(page, direction, &sort_key(), &item()))
        .take();
    keyset::order_and_limit(&mut query, page, direction, &sort_key(), &item());
    let rows = Placed::find_by_statement(StatementBuilder::build(&query, &db.get_database_backend())).all(db).await?;
    Ok((rows.into_iter().map(|row| Cursor { key: SortKey::Time(row.sort_key), id: row.item }).collect(), total))
}

impl Pages {
    /// The items that stand on the pages.
    #[must_use]
    pub fn items(&self) -> Vec<Uuid> {
        self.places.values().flatten().map(|cursor| cursor.id).collect()
    }

    /// The page of each owner, empty ones too, of the items as `item` gives them.
    #[must_use]
    pub fn into_slices<T>(self, owners: &[Uuid], page: &PageRequest, item: impl Fn(Uuid) -> Option<T>) -> HashMap<Uuid, Slice<T>> {
        self.into_slices_of(owners, page, |_, id| item(id))
    }

    /// As [`Pages::into_slices`], of items that are something else for each owner.
    #[must_use]
    pub fn into_slices_of<T>(
        mut self,
        owners: &[Uuid],
        page: &PageRequest,
        item: impl Fn(Uuid, Uuid) -> Option<T>,
    ) -> HashMap<Uuid, Slice<T>> {
        let slice = |owner: &Uuid| {
            let cursors = self.places.remove(owner).unwrap_or_default();
            let found = cursors.into_iter().filter_map(|cursor| item(*owner, cursor.id).map(|item| (cursor, item))).collect();
            let total = self.totals.as_ref().map(|totals| totals.get(owner).copied().unwrap_or(0));
            (*owner, Slice::cut(found, page, total))
        };
        owners.iter().map(slice).collect()
    }
}

async fn totals(db: &impl ConnectionTrait, matching: &SelectStatement) -> Result<HashMap<Uuid, u64>, DbErr> {
    let query = Query::select()
        .column(OWNER)
        .expr_as(Func::count(Expr::col(ITEM)), "total")
        .from_subquery(matching.clone(), "matching")
        .group_by_col(OWNER)
        .take();
    let rows = OwnedTotal::find_by_statement(StatementBuilder::build(&query, &db.get_database_backend())).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.owner, u64::try_from(row.total).unwrap_or(0))).collect())
}

async fn total(db: &impl ConnectionTrait, matching: &SelectStatement) -> Result<u64, DbErr> {
    let query = Query::select().expr_as(Func::count(Expr::col(ITEM)), "total").from_subquery(matching.clone(), "matching").take();
    let row = Total::find_by_statement(StatementBuilder::build(&query, &db.get_database_backend())).one(db).await?;
    Ok(row.and_then(|row| u64::try_from(row.total).ok()).unwrap_or(0))
}

fn item() -> SimpleExpr {
    Expr::col(ITEM)
}

fn sort_key() -> SimpleExpr {
    Expr::col(SORT_KEY)
}

#[derive(FromQueryResult)]
struct Owned {
    owner: Uuid,
    item: Uuid,
    sort_key: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct Placed {
    item: Uuid,
    sort_key: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct OwnedTotal {
    owner: Uuid,
    total: i64,
}

#[derive(FromQueryResult)]
struct Total {
    total: i64,
}
