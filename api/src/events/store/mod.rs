//! SQL of events. Every read starts from [`visible_to`], every list from [`is_listed_to`].

pub mod clashes;
pub mod content;
pub mod dates;
pub mod filter;
pub mod list;
pub mod occurrences;
pub mod parts;
pub mod seats;
pub mod telling;
pub mod tombstones;
pub mod whole;
pub mod write;

use std::collections::HashMap;

use entity::event::{Column, Entity, Model};
use entity::id::{EventId, OrganisationId};
use entity::words::{EventStatus, HostRole, SluggedKind, Visibility};
use entity::{event_host, former_slug};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Select};

use crate::access::Viewer;
use crate::access::viewer::Organisations;
use crate::db::former_slug::now_or_before;

/// The events that a viewer may see when they have its address: published ones that are for them, and all of those hosts whose
/// events they edit.
#[must_use]
pub fn visible_to(viewer: &Viewer) -> Select<Entity> {
    Entity::find().filter(is_visible_to(viewer, true))
}

/// The condition of what a viewer finds in lists: what they may see, without what is only for who has the address.
#[must_use]
pub fn is_listed_to(viewer: &Viewer) -> Condition {
    is_visible_to(viewer, false)
}

fn is_visible_to(viewer: &Viewer, with_address: bool) -> Condition {
    let (Organisations::These(own), Organisations::These(edited)) = (viewer.belongs_to(), viewer.edits()) else {
        return Condition::all();
    };
    let mut open = vec![Visibility::Public];
    if with_address {
        open.push(Visibility::Unlisted);
    }
    if viewer.belongs_to_a_member() {
        open.push(Visibility::Members);
    }
    let for_them = Condition::any().add(Expr::col((Entity, Column::Visibility)).is_in(open));
    let for_them = if own.is_empty() {
        for_them
    } else {
        let hosted = hosted_by(own).and_where(event_host::Column::Role.is_in([HostRole::Host, HostRole::CoHost])).take();
        for_them.add(Expr::col((Entity, Column::Visibility)).eq(Visibility::Hosts).and(Expr::exists(hosted)))
    };
    let published = Expr::col((Entity, Column::Status)).is_in([EventStatus::Published, EventStatus::Postponed, EventStatus::Cancelled]);
    let visible = Condition::any().add(Condition::all().add(published).add(for_them));
    if edited.is_empty() {
        visible
    } else {
        visible.add(Expr::exists(hosted_by(edited).and_where(event_host::Column::Position.eq(0)).take()))
    }
}

/// Whether one of these organisations hosts the event of the surrounding query, in any role.
#[must_use]
pub fn is_hosted_by(ids: Vec<OrganisationId>) -> SimpleExpr {
    Expr::exists(hosted_by(ids).take())
}

fn hosted_by(ids: Vec<OrganisationId>) -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(event_host::Entity)
        .and_where(Expr::col((event_host::Entity, event_host::Column::EventId)).eq(Expr::col((Entity, Column::Id))))
        .and_where(event_host::Column::OrganisationId.is_in(ids))
        .take()
}

/// The event with this slug, now or before.
///
/// # Errors
/// Where the database fails.
pub async fn by_slug(db: &impl ConnectionTrait, viewer: &Viewer, slug: &str) -> Result<Option<Model>, DbErr> {
    let kind = SluggedKind::Event;
    now_or_before(visible_to(viewer), kind, slug, Column::Slug, Column::Id, former_slug::Column::EventId).one(db).await
}

/// Those of these ids that the viewer may see.
///
/// # Errors
/// Where the database fails.
pub async fn by_ids(db: &impl ConnectionTrait, viewer: &Viewer, ids: Vec<EventId>) -> Result<HashMap<EventId, Model>, DbErr> {
    Ok(visible_to(viewer).filter(Column::Id.is_in(ids)).all(db).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// Which of these the viewer finds in lists.
///
/// # Errors
/// Where the database fails.
pub async fn listed_by_ids(db: &impl ConnectionTrait, viewer: &Viewer, ids: Vec<EventId>) -> Result<HashMap<EventId, Model>, DbErr> {
    let listed = Entity::find().filter(is_listed_to(viewer)).filter(Column::Id.is_in(ids));
    Ok(listed.all(db).await?.into_iter().map(|row| (row.id, row)).collect())
}
