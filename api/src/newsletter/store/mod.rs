//! SQL of newsletters and their issues. Reads start from [`visible_to`] and [`issues_visible_to`].

pub mod deliveries;
pub mod forgetting;
pub mod lines;
pub mod parts;
pub mod readers;
pub mod returning;
pub mod subscribers;
pub mod write;

use std::collections::HashMap;

use entity::id::{NewsletterId, NewsletterIssueId};
use entity::newsletter::{Column, Entity, Model};
use entity::words::Visibility;
use entity::{newsletter_issue, newsletter_subscription};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QueryTrait, Select};

use crate::access::Viewer;
use crate::access::viewer::Organisations;
use crate::db::keyset::{self, Direction};
use crate::kernel::{Cursor, PageRequest, Slice, SortKey};

/// The newsletters that a viewer may see when they have its address.
#[must_use]
pub fn visible_to(viewer: &Viewer) -> Select<Entity> {
    Entity::find().filter(is_for(viewer, (Entity, Column::Visibility), true))
}

/// The issues that a viewer may see: those that went out, and all of the newsletters that they edit.
#[must_use]
pub fn issues_visible_to(viewer: &Viewer) -> Select<newsletter_issue::Entity> {
    use newsletter_issue::{Column as Issue, Entity as Issues};
    let newsletters = |condition: Condition| {
        let ids = Query::select().column(Column::Id).from(Entity).cond_where(condition).take();
        Expr::col((Issues, Issue::NewsletterId)).in_subquery(ids)
    };
    let went_out = Condition::all()
        .add(Expr::col((Issues, Issue::StartedAt)).is_not_null())
        .add(is_for(viewer, (Issues, Issue::Visibility), true))
        .add(newsletters(Condition::all().add(is_for(viewer, (Entity, Column::Visibility), true))));
    let visible = match viewer.edits() {
        Organisations::All => Condition::all(),
        Organisations::These(edited) if edited.is_empty() => went_out,
        Organisations::These(edited) => {
            Condition::any().add(went_out).add(newsletters(Condition::all().add(Column::OrganisationId.is_in(edited))))
        }
    };
    newsletter_issue::Entity::find().filter(visible)
}

/// That something with this visibility is for a viewer.
fn is_for<C: sea_orm::sea_query::IntoColumnRef>(viewer: &Viewer, visibility: C, with_address: bool) -> Condition {
    if viewer.is_staff() {
        return Condition::all();
    }
    let mut open = vec![Visibility::Public];
    if with_address {
        open.push(Visibility::Unlisted);
    }
    if viewer.belongs_to_a_member() {
        open.push(Visibility::Members);
    }
    Condition::all().add(Expr::col(visibility).is_in(open))
}

/// Every newsletter that a viewer finds, by name.
///
/// # Errors
/// Where the database fails.
pub async fn all(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<Model>, DbErr> {
    let listed = Entity::find().filter(is_for(viewer, (Entity, Column::Visibility), false));
    listed.order_by_asc(Column::Name).order_by_asc(Column::Id).all(db).await
}

/// The newsletter with this slug.
///
/// # Errors
/// Where the database fails.
pub async fn by_slug(db: &impl ConnectionTrait, viewer: &Viewer, slug: &str) -> Result<Option<Model>, DbErr> {
    visible_to(viewer).filter(Column::Slug.eq(slug)).one(db).await
}

/// Those of these ids that the viewer may see.
///
/// # Errors
/// Where the database fails.
pub async fn by_ids(db: &impl ConnectionTrait, viewer: &Viewer, ids: Vec<NewsletterId>) -> Result<HashMap<NewsletterId, Model>, DbErr> {
    Ok(visible_to(viewer).filter(Column::Id.is_in(ids)).all(db).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// The issue with this slug.
///
/// # Errors
/// Where the database fails.
pub async fn issue_by_slug(db: &impl ConnectionTrait, viewer: &Viewer, slug: &str) -> Result<Option<newsletter_issue::Model>, DbErr> {
    issues_visible_to(viewer).filter(newsletter_issue::Column::Slug.eq(slug)).one(db).await
}

/// Those of these issues that the viewer may see.
///
/// # Errors
/// Where the database fails.
pub async fn issues_by_ids(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: Vec<NewsletterIssueId>,
) -> Result<HashMap<NewsletterIssueId, newsletter_issue::Model>, DbErr> {
    let found = issues_visible_to(viewer).filter(newsletter_issue::Column::Id.is_in(ids)).all(db).await?;
    Ok(found.into_iter().map(|row| (row.id, row)).collect())
}

/// An issue, for what is done in our own name.
///
/// # Errors
/// Where the database fails.
pub async fn issue_in_our_name(db: &impl ConnectionTrait, id: NewsletterIssueId) -> Result<Option<newsletter_issue::Model>, DbErr> {
    newsletter_issue::Entity::find_by_id(id).one(db).await
}

/// A page of the issues of a newsletter, newest first: by when they went out, else by when they were begun.
///
/// # Errors
/// Where the database fails.
pub async fn issues(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    newsletter: NewsletterId,
    page: &PageRequest,
    count: bool,
) -> Result<Slice<newsletter_issue::Model>, DbErr> {
    use newsletter_issue::{Column, Entity};
    let matching = issues_visible_to(viewer).filter(Column::NewsletterId.eq(newsletter));
    let total = if count { Some(matching.clone().count(db).await?) } else { None };
    let moment = Func::coalesce([Expr::col((Entity, Column::StartedAt)), Expr::col((Entity, Column::CreatedAt))]);
    let (key, id): (SimpleExpr, SimpleExpr) = (moment.into(), Expr::col((Entity, Column::Id)));
    let mut query = matching.filter(keyset::between(page, Direction::Descending, &key, &id));
    keyset::order_and_limit(QueryTrait::query(&mut query), page, Direction::Descending, &key, &id);
    let rows = query.all(db).await?;
    let cursor = |row: &newsletter_issue::Model| Cursor { key: SortKey::Time(row.started_at.unwrap_or(row.created_at)), id: row.id.0 };
    Ok(Slice::cut(rows.into_iter().map(|row| (cursor(&row), row)).collect(), page, total))
}

/// Readers of a newsletter who confirmed.
///
/// # Errors
/// Where the database fails.
pub async fn count_readers(db: &impl ConnectionTrait, newsletter: NewsletterId) -> Result<u64, DbErr> {
    use newsletter_subscription::{Column, Entity};
    let confirmed = Entity::find().filter(Column::NewsletterId.eq(newsletter));
    confirmed.filter(Column::Status.eq(entity::words::SubscriptionStatus::Confirmed)).count(db).await
}
