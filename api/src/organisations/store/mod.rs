//! SQL of organisations. Every read starts from [`visible_to`].

pub mod content;
pub mod list;
pub mod membership;
pub mod network;
pub mod parts;
pub mod people;
pub mod write;

use std::collections::HashMap;

use entity::id::OrganisationId;
use entity::organisation::{Column, Entity, Model};
use entity::words::{OrganisationKind, SluggedKind};
use entity::{former_slug, organisation_person, person};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, JoinType, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait, Select,
};

use crate::access::Viewer;
use crate::access::viewer::{EDITING, Organisations};
use crate::db::former_slug::now_or_before;
use crate::kernel::fold;

/// The organisations that a viewer may see: all but those that only applied, which their own people and the office see.
#[must_use]
pub fn visible_to(viewer: &Viewer) -> Select<Entity> {
    Entity::find().filter(is_visible_to(viewer))
}

/// The condition of [`visible_to`], for queries that begin elsewhere and join organisations.
#[must_use]
pub fn is_visible_to(viewer: &Viewer) -> Condition {
    let own = match viewer.belongs_to() {
        Organisations::All => return Condition::all(),
        Organisations::These(ids) => ids,
    };
    let admitted_once = Column::Kind.ne(OrganisationKind::Member).or(membership::was_ever_admitted());
    let condition = Condition::any().add(admitted_once);
    if own.is_empty() { condition } else { condition.add(Column::Id.is_in(own)) }
}

/// The organisation with this slug, now or before.
///
/// # Errors
/// Where the database fails.
pub async fn by_slug(db: &impl ConnectionTrait, viewer: &Viewer, slug: &str) -> Result<Option<Model>, DbErr> {
    let kind = SluggedKind::Organisation;
    now_or_before(visible_to(viewer), kind, slug, Column::Slug, Column::Id, former_slug::Column::OrganisationId).one(db).await
}

/// Those of these ids that the viewer may see.
///
/// # Errors
/// Where the database fails.
pub async fn by_ids(db: &impl ConnectionTrait, viewer: &Viewer, ids: Vec<OrganisationId>) -> Result<HashMap<OrganisationId, Model>, DbErr> {
    Ok(visible_to(viewer).filter(Column::Id.is_in(ids)).all(db).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// The organisation with this id that the viewer may see, which nobody else changes, nor who acts for it, until the transaction ends.
///
/// # Errors
/// Where the database fails.
pub async fn locked(tx: &DatabaseTransaction, viewer: &Viewer, id: OrganisationId) -> Result<Option<Model>, DbErr> {
    lock(tx, visible_to(viewer).filter(Column::Id.eq(id))).await
}

/// The one of this name, whoever sees it.
///
/// # Errors
/// Where the database fails.
pub async fn by_name(db: &impl ConnectionTrait, name: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::NameKey.eq(fold::for_sorting(name))).one(db).await
}

/// As [`locked`], for what is done by the secret of a mail.
///
/// # Errors
/// Where the database fails.
pub async fn locked_in_our_name(tx: &DatabaseTransaction, id: OrganisationId) -> Result<Option<Model>, DbErr> {
    lock(tx, Entity::find_by_id(id)).await
}

async fn lock(tx: &DatabaseTransaction, select: Select<Entity>) -> Result<Option<Model>, DbErr> {
    // On SQLite who writes is alone anyhow.
    if tx.get_database_backend() == DatabaseBackend::Postgres { select.lock_exclusive() } else { select }.one(tx).await
}

/// Who edits for an organisation, with its name.
///
/// # Errors
/// Where the database fails.
pub async fn editors(db: &impl ConnectionTrait, id: OrganisationId) -> Result<Vec<(person::Model, String)>, DbErr> {
    let Some(organisation) = Entity::find_by_id(id).one(db).await? else { return Ok(Vec::new()) };
    let people = person::Entity::find()
        .join(JoinType::InnerJoin, organisation_person::Relation::Person.def().rev())
        .filter(organisation_person::Column::OrganisationId.eq(id))
        .filter(organisation_person::Column::Role.is_in(EDITING))
        .order_by_asc(person::Column::Id);
    Ok(people.all(db).await?.into_iter().map(|person| (person, organisation.name.clone())).collect())
}
