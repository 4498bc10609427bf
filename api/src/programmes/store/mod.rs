//! SQL of programmes. All of them are public.

pub mod content;
pub mod write;

use std::collections::HashMap;

use entity::former_slug;
use entity::id::{OrganisationId, ProgrammeId};
use entity::programme::{Column, Entity, Model};
use entity::words::SluggedKind;
use entity::{programme_funder, programme_text};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::db::former_slug::now_or_before;
use crate::db::grouping;

/// Every programme, in the order of their slugs.
///
/// # Errors
/// Where the database fails.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_asc(Column::Slug).all(db).await
}

/// The programme with this slug, now or before.
///
/// # Errors
/// Where the database fails.
pub async fn by_slug(db: &impl ConnectionTrait, slug: &str) -> Result<Option<Model>, DbErr> {
    let kind = SluggedKind::Programme;
    now_or_before(Entity::find(), kind, slug, Column::Slug, Column::Id, former_slug::Column::ProgrammeId).one(db).await
}

/// Those of these ids.
///
/// # Errors
/// Where the database fails.
pub async fn by_ids(db: &impl ConnectionTrait, ids: Vec<ProgrammeId>) -> Result<HashMap<ProgrammeId, Model>, DbErr> {
    Ok(Entity::find().filter(Column::Id.is_in(ids)).all(db).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// Their texts in all languages.
///
/// # Errors
/// Where the database fails.
pub async fn texts(db: &impl ConnectionTrait, ids: Vec<ProgrammeId>) -> Result<HashMap<ProgrammeId, Vec<programme_text::Model>>, DbErr> {
    use programme_text::{Column, Entity};
    Ok(grouping::by(Entity::find().filter(Column::ProgrammeId.is_in(ids)).order_by_asc(Column::Locale).all(db).await?, |row| {
        row.programme_id
    }))
}

/// Who pays for them.
///
/// # Errors
/// Where the database fails.
pub async fn funders(db: &impl ConnectionTrait, ids: Vec<ProgrammeId>) -> Result<HashMap<ProgrammeId, Vec<OrganisationId>>, DbErr> {
    use programme_funder::{Column, Entity};
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in Entity::find().filter(Column::ProgrammeId.is_in(ids)).order_by_asc(Column::Position).all(db).await? {
        found.entry(row.programme_id).or_default().push(row.organisation_id);
    }
    Ok(found)
}

/// A programme as it is once nobody else changes it.
///
/// # Errors
/// Where the database fails.
pub async fn locked(tx: &DatabaseTransaction, id: ProgrammeId) -> Result<Option<Model>, DbErr> {
    let select = Entity::find_by_id(id);
    // On SQLite who writes is alone anyhow.
    if tx.get_database_backend() == DatabaseBackend::Postgres { select.lock_exclusive() } else { select }.one(tx).await
}
