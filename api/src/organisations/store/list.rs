//! SQL of the directory: filters, orders, pages.

use chrono::NaiveDate;
use entity::organisation::{Column, Model};
use entity::words::OrganisationKind;
use entity::{organisation_language, organisation_tag, tag};
use sea_orm::sea_query::{Expr, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, ExprTrait, FromQueryResult, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
};

use super::{membership, visible_to};
use crate::access::Viewer;
use crate::db::keyset::{self, Direction};
use crate::db::like;
use crate::kernel::{Cursor, PageRequest, Slice, SortKey};

/// What the directory can be narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// What they are.
    pub kind: Option<OrganisationKind>,
    /// Members on this day.
    pub member_on: Option<NaiveDate>,
    /// The district of their address, as it is written.
    pub district: Option<String>,
    /// A language they work in.
    pub language: Option<String>,
    /// Slug of a topic they work on.
    pub tag: Option<String>,
    /// Words in their names, aliases, texts and topics.
    pub search: Option<String>,
}

/// What the directory can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The folded name.
    Name,
    /// The first day of the first membership.
    JoinedOn,
}

/// A page of the directory.
///
/// # Errors
/// Where the database fails.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &Filter,
    by: By,
    page: &PageRequest,
    count: bool,
) -> Result<Slice<Model>, DbErr> {
    let matching = visible_to(viewer).filter(condition(filter));
    let total = if count { Some(matching.clone().count(db).await?) } else { None };
    let key: SimpleExpr = match by {
        By::Name => Expr::col((entity::organisation::Entity, Column::NameKey)),
        By::JoinedOn => membership::first_joined_on(),
    };
    let id: SimpleExpr = Expr::col((entity::organisation::Entity, Column::Id));
    let mut query = matching.expr_as(key.clone(), "sort_key").filter(keyset::between(page, Direction::Ascending, &key, &id));
    keyset::order_and_limit(QueryTrait::query(&mut query), page, Direction::Ascending, &key, &id);
    let rows = query.into_model::<Sorted>().all(db).await?;
    let found = rows.into_iter().map(|sorted| (Cursor { key: SortKey::Text(sorted.sort_key), id: sorted.row.id.0 }, sorted.row)).collect();
    Ok(Slice::cut(found, page, total))
}

#[derive(FromQueryResult)]
struct Sorted {
    #[sea_orm(nested)]
    row: Model,
    sort_key: String,
}

fn condition(filter: &Filter) -> Condition {
    let language = filter.language.as_deref().map(|language| {
        Expr::exists(
            Query::select()
                .expr(Expr::val(1))
                .from(organisation_language::Entity)
                .and_where(Expr::col((organisation_language::Entity, organisation_language::Column::OrganisationId)).eq(own_id()))
                .and_where(organisation_language::Column::Locale.eq(language))
                .take(),
        )
    });
    let tag = filter.tag.as_deref().map(|slug| {
        Expr::exists(
            Query::select()
                .expr(Expr::val(1))
                .from(organisation_tag::Entity)
                .inner_join(
                    tag::Entity,
                    Expr::col((tag::Entity, tag::Column::Id)).equals((organisation_tag::Entity, organisation_tag::Column::TagId)),
                )
                .and_where(Expr::col((organisation_tag::Entity, organisation_tag::Column::OrganisationId)).eq(own_id()))
                .and_where(crate::tags::store::is_called(slug))
                .take(),
        )
    });
    Condition::all()
        .add_option(filter.kind.map(|kind| Column::Kind.eq(kind)))
        .add_option(filter.member_on.map(membership::is_member_on))
        .add_option(filter.district.as_deref().map(|district| Column::District.eq(district)))
        .add_option(language)
        .add_option(tag)
        .add_option(
            filter.search.as_deref().map(|words| like::contains_every_word((entity::organisation::Entity, Column::SearchText), words)),
        )
}

fn own_id() -> SimpleExpr {
    Expr::col((entity::organisation::Entity, Column::Id))
}
