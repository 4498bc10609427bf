//! Slugs that something had before, so that no link dies.

use entity::former_slug::{Column, Entity, Model};
use entity::words::SluggedKind;
use sea_orm::sea_query::{Expr, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Select};

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

/// What may have a slug: a column of its table, the key's column, and the column of [`Entity`] that refers to it.
#[derive(Clone, Copy, Debug)]
pub struct Slugged<E: EntityTrait> {
    /// What kind of thing.
    pub kind: SluggedKind,
    /// The column of its present slug.
    pub own: E::Column,
    /// The column of its key.
    pub id: E::Column,
    /// The column of a former slug that refers to it.
    pub target: Column,
}

impl<E: EntityTrait> Slugged<E> {
    /// Whether another thing than `own` has a slug, or had it: its old links still lead there.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn is_taken(&self, db: &impl ConnectionTrait, slug: &Slug, own: Option<uuid::Uuid>) -> Result<bool, DbErr> {
        let mut present = E::find().select_only().column_as(Expr::val(1), "one").filter(self.own.eq(slug.as_str()));
        let mut before = Entity::find().filter(Column::Kind.eq(self.kind)).filter(Column::Slug.eq(slug.as_str()));
        if let Some(own) = own {
            present = present.filter(self.id.ne(own));
            before = before.filter(self.target.ne(own));
        }
        let has_it = present.into_tuple::<i32>().one(db).await?.is_some();
        Ok(has_it || before.one(db).await?.is_some())
    }

    /// The slug that a new thing gets of its title: the first of it, it with 2, it with 3 … that is free. `otherwise` is for a title that
    /// has no letter for an address.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn free_for(&self, db: &impl ConnectionTrait, title: &str, otherwise: Slug) -> Result<Slug, DbErr> {
        let wanted = Slug::of_title(title).unwrap_or(otherwise);
        let mut slug = wanted.clone();
        let mut number = 1;
        while self.is_taken(db, &slug, None).await? {
            number += 1;
            slug = wanted.numbered(number);
        }
        Ok(slug)
    }

    /// Remembers the slug that a thing had, and forgets among those before the one that it has now.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn remember(&self, db: &impl ConnectionTrait, former: Model, now: &Slug) -> Result<(), DbErr> {
        Entity::delete_many().filter(Column::Kind.eq(self.kind)).filter(Column::Slug.eq(now.as_str())).exec(db).await?;
        Entity::insert(former.into_active_model()).exec_without_returning(db).await?;
        Ok(())
    }
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
