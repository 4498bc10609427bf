//! SQL of posts. Every read starts from [`visible_to`].

pub mod content;
pub mod list;
pub mod parts;
pub mod telling;
pub mod write;

use std::collections::HashMap;

use entity::former_slug;
use entity::id::PostId;
use entity::post::{Column, Entity, Model};
use entity::words::{PostStatus, SluggedKind};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect, Select,
};

use crate::access::Viewer;
use crate::access::viewer::Organisations;
use crate::db::former_slug::now_or_before;

/// The posts that a viewer may see: what is published, and all of those organisations whose posts they edit.
#[must_use]
pub fn visible_to(viewer: &Viewer) -> Select<Entity> {
    Entity::find().filter(is_visible_to(viewer))
}

/// The condition of [`visible_to`], for queries that begin elsewhere and join posts.
#[must_use]
pub fn is_visible_to(viewer: &Viewer) -> Condition {
    match viewer.edits() {
        Organisations::All => Condition::all(),
        Organisations::These(ids) => {
            let published = Condition::any().add(Column::Status.eq(PostStatus::Published));
            if ids.is_empty() { published } else { published.add(Column::OrganisationId.is_in(ids)) }
        }
    }
}

/// The post with this slug, now or before.
///
/// # Errors
/// Where the database fails.
pub async fn by_slug(db: &impl ConnectionTrait, viewer: &Viewer, slug: &str) -> Result<Option<Model>, DbErr> {
    let kind = SluggedKind::Post;
    now_or_before(visible_to(viewer), kind, slug, Column::Slug, Column::Id, former_slug::Column::PostId).one(db).await
}

/// Those of these ids that the viewer may see.
///
/// # Errors
/// Where the database fails.
pub async fn by_ids(db: &impl ConnectionTrait, viewer: &Viewer, ids: Vec<PostId>) -> Result<HashMap<PostId, Model>, DbErr> {
    Ok(visible_to(viewer).filter(Column::Id.is_in(ids)).all(db).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// A post as it is once nobody else changes it, where the viewer may see it.
///
/// # Errors
/// Where the database fails.
pub async fn locked(tx: &DatabaseTransaction, viewer: &Viewer, id: PostId) -> Result<Option<Model>, DbErr> {
    lock(tx, visible_to(viewer).filter(Column::Id.eq(id))).await
}

/// As [`locked`], for what is done in our own name.
///
/// # Errors
/// Where the database fails.
pub async fn locked_in_our_name(tx: &DatabaseTransaction, id: PostId) -> Result<Option<Model>, DbErr> {
    lock(tx, Entity::find_by_id(id)).await
}

async fn lock(tx: &DatabaseTransaction, select: Select<Entity>) -> Result<Option<Model>, DbErr> {
    // On SQLite who writes is alone anyhow.
    if tx.get_database_backend() == DatabaseBackend::Postgres { select.lock_exclusive() } else { select }.one(tx).await
}
