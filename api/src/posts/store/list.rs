//! SQL of lists of posts, newest first: of all, and of many owners at once.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::{OrganisationId, PostId, ProgrammeId};
use entity::post::{Column, Entity, Model};
use entity::words::{PostKind, PostStatus};
use entity::{post_tag, tag};
use sea_orm::sea_query::{Expr, Func, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, ExprTrait, FromQueryResult, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::visible_to;
use crate::access::Viewer;
use crate::access::viewer::Organisations;
use crate::db::keyset::{self, Direction};
use crate::db::{like, partition};
use crate::kernel::{Cursor, PageRequest, Slice, SortKey};

/// What posts can be narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// What sort of text.
    pub kind: Option<PostKind>,
    /// Whose.
    pub organisation_id: Option<OrganisationId>,
    /// Of which programme.
    pub programme_id: Option<ProgrammeId>,
    /// Slug of a topic.
    pub tag: Option<String>,
    /// How far on its way.
    pub status: Option<PostStatus>,
    /// Published then or later.
    pub from: Option<DateTime<Utc>>,
    /// Published before.
    pub until: Option<DateTime<Utc>>,
    /// Words in titles, texts and topics.
    pub search: Option<String>,
}

/// Whose posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// What organisations wrote.
    Organisations,
    /// What belongs to programmes.
    Programmes,
}

/// A page of posts.
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
    let (key, id) = (sort_key(viewer), Expr::col((Entity, Column::Id)));
    let mut query = matching.expr_as(key.clone(), "sort_key").filter(keyset::between(page, Direction::Descending, &key, &id));
    keyset::order_and_limit(QueryTrait::query(&mut query), page, Direction::Descending, &key, &id);
    let rows = query.into_model::<Sorted>().all(db).await?;
    let found = rows.into_iter().map(|sorted| (Cursor { key: SortKey::Time(sorted.sort_key), id: sorted.row.id.0 }, sorted.row)).collect();
    Ok(Slice::cut(found, page, total))
}

/// The same page of the posts of each of many owners.
///
/// # Errors
/// Where the database fails.
pub async fn pages_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    owner: Owner,
    ids: &[Uuid],
    page: &PageRequest,
    count: bool,
) -> Result<HashMap<Uuid, Slice<Model>>, DbErr> {
    let owned_by = match owner {
        Owner::Organisations => Column::OrganisationId,
        Owner::Programmes => Column::ProgrammeId,
    };
    let mut matching = visible_to(viewer).filter(owned_by.is_in(ids.iter().copied())).into_query();
    matching
        .clear_selects()
        .expr_as(Expr::col((Entity, owned_by)), partition::OWNER)
        .expr_as(Expr::col((Entity, Column::Id)), partition::ITEM)
        .expr_as(sort_key(viewer), partition::SORT_KEY);
    let pages = partition::pages(db, &matching, page, Direction::Descending, count).await?;
    let rows = super::by_ids(db, viewer, pages.items().into_iter().map(PostId).collect()).await?;
    Ok(pages.into_slices(ids, page, |id| rows.get(&PostId(id)).cloned()))
}

/// What posts are sorted by. Who sees drafts sees them where they were last changed.
fn sort_key(viewer: &Viewer) -> SimpleExpr {
    let published_at = Expr::col((Entity, Column::PublishedAt));
    match viewer.edits() {
        Organisations::These(ids) if ids.is_empty() => published_at,
        _ => Func::coalesce([published_at, Expr::col((Entity, Column::UpdatedAt))]).into(),
    }
}

#[derive(FromQueryResult)]
struct Sorted {
    #[sea_orm(nested)]
    row: Model,
    sort_key: DateTime<Utc>,
}

fn condition(filter: &Filter) -> Condition {
    let tag = filter.tag.as_deref().map(|slug| {
        Expr::exists(
            Query::select()
                .expr(Expr::val(1))
                .from(post_tag::Entity)
                .inner_join(tag::Entity, Expr::col((tag::Entity, tag::Column::Id)).equals((post_tag::Entity, post_tag::Column::TagId)))
                .and_where(Expr::col((post_tag::Entity, post_tag::Column::PostId)).eq(Expr::col((Entity, Column::Id))))
                .and_where(crate::tags::store::is_called(slug))
                .take(),
        )
    });
    Condition::all()
        .add_option(filter.kind.map(|kind| Column::Kind.eq(kind)))
        .add_option(filter.organisation_id.map(|id| Column::OrganisationId.eq(id)))
        .add_option(filter.programme_id.map(|id| Column::ProgrammeId.eq(id)))
        .add_option(tag)
        .add_option(filter.status.map(|status| Column::Status.eq(status)))
        .add_option(filter.from.map(|from| Column::PublishedAt.gte(from)))
        .add_option(filter.until.map(|until| Column::PublishedAt.lt(until)))
        .add_option(filter.search.as_deref().map(|words| like::contains_every_word((Entity, Column::SearchText), words)))
}
