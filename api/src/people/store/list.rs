//! SQL of the list of people.

use entity::person::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, LikeExpr, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, ExprTrait, PaginatorTrait, QueryFilter, QueryTrait};

use super::visible_to;
use crate::access::Viewer;
use crate::db::keyset::{self, Direction};
use crate::kernel::{Cursor, PageRequest, Slice, SortKey};

/// What the list can be narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words in their names.
    pub words: Vec<String>,
    /// Whether a word in their addresses will do: only for who may see them, as looking for one would tell it.
    pub in_addresses: bool,
}

/// A page of the list, the latest account first: a cursor tells neither name nor address.
///
/// # Errors
/// Where the database fails.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    page: &PageRequest,
    count: bool,
) -> Result<Slice<Model>, DbErr> {
    let matching = visible_to(viewer).filter(condition(filter));
    let total = if count { Some(matching.clone().count(db).await?) } else { None };
    let (key, id): (SimpleExpr, SimpleExpr) = (Expr::col((Entity, Column::CreatedAt)), Expr::col((Entity, Column::Id)));
    let mut query = matching.filter(keyset::between(page, Direction::Descending, &key, &id));
    keyset::order_and_limit(QueryTrait::query(&mut query), page, Direction::Descending, &key, &id);
    let rows = query.all(db).await?;
    let found = rows.into_iter().map(|row| (Cursor { key: SortKey::Time(row.created_at), id: row.id.0 }, row)).collect();
    Ok(Slice::cut(found, page, total))
}

fn condition(filter: &Filter) -> Condition {
    filter.words.iter().fold(Condition::all(), |all, word| {
        let written: String =
            word.chars().flat_map(|letter| if "%_\\".contains(letter) { vec!['\\', letter] } else { vec![letter] }).collect();
        // In small letters, in capitals, and as it was typed: what databases make of other letters than a to z differs.
        let patterns =
            [written.to_lowercase(), written.to_uppercase(), written.clone()].map(|text| LikeExpr::new(format!("%{text}%")).escape('\\'));
        let own_case = patterns[2].clone();
        let named = Condition::any()
            .add(Expr::expr(sea_orm::sea_query::Func::lower(Expr::col((Entity, Column::Name)))).like(patterns[0].clone()))
            .add(Expr::expr(sea_orm::sea_query::Func::upper(Expr::col((Entity, Column::Name)))).like(patterns[1].clone()))
            .add(Expr::col((Entity, Column::Name)).like(own_case));
        all.add(if filter.in_addresses { named.add(Column::Email.like(patterns[0].clone())) } else { named })
    })
}
