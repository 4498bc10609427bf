//! Paging by keyset in SQL: `(sort key, id)` compared as a row, which an index on both serves.

use sea_orm::sea_query::{Expr, Order, SelectStatement, SimpleExpr, Value};
use sea_orm::{Condition, ExprTrait};

use crate::kernel::{Cursor, PageRequest, SortKey};

/// Whether a list begins with its smallest or its largest key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// The condition that keeps only what lies between the cursors of a page.
#[must_use]
pub fn between(page: &PageRequest, direction: Direction, key: &SimpleExpr, id: &SimpleExpr) -> Condition {
    let row = || Expr::tuple([key.clone(), id.clone()]);
    let bound = |cursor: &Cursor| Expr::tuple([Expr::val(value(&cursor.key)), Expr::val(cursor.id)]);
    let ascends = direction == Direction::Ascending;
    let mut condition = Condition::all();
    if let Some(after) = &page.after {
        condition = condition.add(if ascends { row().gt(bound(after)) } else { row().lt(bound(after)) });
    }
    if let Some(before) = &page.before {
        condition = condition.add(if ascends { row().lt(bound(before)) } else { row().gt(bound(before)) });
    }
    condition
}

/// Orders and cuts a query to one row more than the page holds, by which one sees whether something follows.
pub fn order_and_limit(query: &mut SelectStatement, page: &PageRequest, direction: Direction, key: &SimpleExpr, id: &SimpleExpr) {
    let order = order(page, direction);
    query.order_by_expr(key.clone(), order.clone()).order_by_expr(id.clone(), order).limit(u64::from(page.limit) + 1);
}

/// The order in which the rows of a page are read: from its end where it is taken from the end.
#[must_use]
pub fn order(page: &PageRequest, direction: Direction) -> Order {
    if (direction == Direction::Ascending) == page.is_backward { Order::Desc } else { Order::Asc }
}

fn value(key: &SortKey) -> Value {
    match key {
        SortKey::Text(text) => text.clone().into(),
        SortKey::Time(time) => (*time).into(),
        SortKey::Number(number) => (*number).into(),
    }
}
