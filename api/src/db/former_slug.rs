//! Slugs that something had before, so that no link dies.

use entity::former_slug::{Column, Entity};
use entity::words::SluggedKind;
use sea_orm::sea_query::{Expr, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::kernel::Slug;

/// Finds what has a slug now, or else what had it before: `own` is the slug's column, `id` the key's, and `target` the column
/// of [`Entity`] that refers to it.
#[must_use]
pub fn now_or_before<E: EntityTrait>(
    select: Select<E>,
    kind: SluggedKind,
    slug: &str,
    own: E::Column,
    id: E::Column,
    target: Column,
) -> Select<E> {
    // What is no slug is nobody's; the empty one is not either.
    let slug = if slug.parse::<Slug>().is_ok() { slug } else { "" };
    let is_own: SimpleExpr = own.eq(slug);
    let own_first: SimpleExpr = Expr::case(is_own.clone(), 1).finally(0).into();
    let was_before = id.in_subquery(those_with(kind, slug, target));
    select.filter(is_own.clone().or(was_before)).order_by_desc(own_first).limit(1)
}

fn those_with(kind: SluggedKind, slug: &str, target: Column) -> SelectStatement {
    Query::select()
        .column(target)
        .from(Entity)
        .and_where(Column::Kind.eq(kind))
        .and_where(Column::Slug.eq(slug))
        .and_where(target.is_not_null())
        .to_owned()
}
