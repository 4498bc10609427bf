//! SQL of search: three lists of what a viewer may find, in one order.

use entity::id::{EventId, OrganisationId, PostId};
use entity::{event, organisation, post};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr, UnionType};
use sea_orm::{Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait, StatementBuilder};
use uuid::Uuid;

use crate::access::Viewer;
use crate::db::keyset::{self, Direction};
use crate::db::like;
use crate::kernel::{Cursor, PageRequest, SortKey, fold};

/// Something that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A post.
    Post(PostId),
    /// An event.
    Event(EventId),
    /// An organisation.
    Organisation(OrganisationId),
}

/// A page of what contains every word of a query, best match first: a word in a title counts eight times as much as one in a
/// text, and where it begins a title, or a word of it, more. `None` as the second part where the number was not asked for.
///
/// # Errors
/// Where the database fails.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    query: &str,
    page: &PageRequest,
    count: bool,
) -> Result<(Vec<(Cursor, Found)>, Option<u64>), DbErr> {
    let words = fold::words(query);
    if words.is_empty() {
        return Ok((Vec::new(), count.then_some(0)));
    }
    let matching = matching(viewer, &words, query);
    let build = |statement: &SelectStatement| StatementBuilder::build(statement, &db.get_database_backend());
    let total = if count {
        let counting = Query::select().expr_as(Func::count(Expr::col("item")), "total").from_subquery(matching.clone(), "matching").take();
        Total::find_by_statement(build(&counting)).one(db).await?.and_then(|row| u64::try_from(row.total).ok())
    } else {
        None
    };
    let (score, item) = (Expr::col("score"), Expr::col("item"));
    let mut select = Query::select()
        .columns(["kind", "item", "score"])
        .from_subquery(matching, "matching")
        .cond_where(keyset::between(page, Direction::Descending, &score, &item))
        .take();
    keyset::order_and_limit(&mut select, page, Direction::Descending, &score, &item);
    let rows = Row::find_by_statement(build(&select)).all(db).await?;
    Ok((rows.into_iter().map(|row| (Cursor { key: SortKey::Number(row.score), id: row.item }, row.found())).collect(), total))
}

fn matching(viewer: &Viewer, words: &[String], query: &str) -> SelectStatement {
    let posts = part(
        post::Entity::find().filter(crate::posts::store::is_visible_to(viewer)),
        0,
        [
            Expr::col((post::Entity, post::Column::Id)),
            Expr::col((post::Entity, post::Column::SearchTitle)),
            Expr::col((post::Entity, post::Column::SearchText)),
        ],
        words,
        like::contains_every_word((post::Entity, post::Column::SearchText), query),
    );
    let events = part(
        event::Entity::find().filter(crate::events::store::is_listed_to(viewer)),
        1,
        [
            Expr::col((event::Entity, event::Column::Id)),
            Expr::col((event::Entity, event::Column::SearchTitle)),
            Expr::col((event::Entity, event::Column::SearchText)),
        ],
        words,
        like::contains_every_word((event::Entity, event::Column::SearchText), query),
    );
    let organisations = part(
        crate::organisations::store::visible_to(viewer),
        2,
        [
            Expr::col((organisation::Entity, organisation::Column::Id)),
            Expr::col((organisation::Entity, organisation::Column::SearchTitle)),
            Expr::col((organisation::Entity, organisation::Column::SearchText)),
        ],
        words,
        like::contains_every_word((organisation::Entity, organisation::Column::SearchText), query),
    );
    let mut all = posts;
    all.union(UnionType::All, events).union(UnionType::All, organisations);
    all
}

fn part<E: EntityTrait>(
    visible: sea_orm::Select<E>,
    kind: i32,
    [id, title, _text]: [SimpleExpr; 3],
    words: &[String],
    contains: Condition,
) -> SelectStatement {
    let score = words.iter().map(|word| score(&title, word)).reduce(|sum, one| sum.add(one)).unwrap_or_else(|| Expr::val(0_i64));
    let mut part = visible.filter(contains).select_only().into_query();
    part.clear_selects().expr_as(Expr::val(kind), "kind").expr_as(id, "item").expr_as(score.cast_as("bigint"), "score");
    part
}

/// What a word is worth in a title: 24 where it is the beginning, 16 where it begins a word, 8 inside one, else 1.
fn score(title: &SimpleExpr, word: &str) -> SimpleExpr {
    Expr::case(title.clone().like(format!("{word}%")), 24)
        .case(title.clone().like(format!("% {word}%")), 16)
        .case(title.clone().like(format!("%{word}%")), 8)
        .finally(1)
        .into()
}

#[derive(FromQueryResult)]
struct Row {
    kind: i32,
    item: Uuid,
    score: i64,
}

impl Row {
    fn found(&self) -> Found {
        match self.kind {
            0 => Found::Post(self.item.into()),
            1 => Found::Event(self.item.into()),
            _ => Found::Organisation(self.item.into()),
        }
    }
}

#[derive(FromQueryResult)]
struct Total {
    total: i64,
}
