//! SQL of who acts for organisations.

use std::collections::HashMap;

use entity::id::{OrganisationId, PersonId};
use entity::organisation_person::{Column, Entity, Model, Relation};
use entity::person;
use entity::words::OrganisationRole;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
    RelationTrait,
};
use uuid::Uuid;

use crate::access::viewer::OWNING;
use crate::db::keyset::Direction;
use crate::db::partition;
use crate::kernel::{EmailAddress, PageRequest, Slice};

/// As what a person acts for an organisation; none where they do not.
///
/// # Errors
/// Where the database fails.
pub async fn role(tx: &impl ConnectionTrait, organisation: OrganisationId, person: PersonId) -> Result<Option<OrganisationRole>, DbErr> {
    Ok(Entity::find_by_id((organisation, person)).one(tx).await?.map(|row| row.role))
}

/// Whether others than this person own an organisation.
///
/// # Errors
/// Where the database fails.
pub async fn has_other_owners(tx: &impl ConnectionTrait, organisation: OrganisationId, person: PersonId) -> Result<bool, DbErr> {
    let others = Entity::find().filter(Column::OrganisationId.eq(organisation)).filter(Column::PersonId.ne(person));
    Ok(others.filter(Column::Role.eq(OWNING)).count(tx).await? > 0)
}

/// Whether whoever has this address acts for an organisation.
///
/// # Errors
/// Where the database fails.
pub async fn has_address(tx: &impl ConnectionTrait, organisation: OrganisationId, email: &EmailAddress) -> Result<bool, DbErr> {
    let those = Entity::find().join(JoinType::InnerJoin, Relation::Person.def()).filter(Column::OrganisationId.eq(organisation));
    Ok(those.filter(person::Column::Email.eq(email.as_str().to_lowercase())).count(tx).await? > 0)
}

/// Has a person act for an organisation; who does so already goes on as they did.
///
/// # Errors
/// Where the database fails.
pub async fn join(tx: &impl ConnectionTrait, new: Model) -> Result<(), DbErr> {
    let who_is_there_stays = OnConflict::columns([Column::OrganisationId, Column::PersonId]).do_nothing().to_owned();
    Entity::insert(new.into_active_model()).on_conflict(who_is_there_stays).exec_without_returning(tx).await?;
    Ok(())
}

/// Gives a person another role.
///
/// # Errors
/// Where the database fails.
pub async fn set_role(
    tx: &impl ConnectionTrait,
    organisation: OrganisationId,
    person: PersonId,
    role: OrganisationRole,
) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::Role, Expr::value(role));
    update.filter(Column::OrganisationId.eq(organisation)).filter(Column::PersonId.eq(person)).exec(tx).await?;
    Ok(())
}

/// Has a person act for an organisation no more.
///
/// # Errors
/// Where the database fails.
pub async fn remove(tx: &impl ConnectionTrait, organisation: OrganisationId, person: PersonId) -> Result<(), DbErr> {
    Entity::delete_by_id((organisation, person)).exec(tx).await?;
    Ok(())
}

/// The same page of who acts for each of many organisations, the longest first. Who may see it is decided before.
///
/// # Errors
/// Where the database fails.
pub async fn pages_of(
    db: &impl ConnectionTrait,
    organisations: &[Uuid],
    page: &PageRequest,
    count: bool,
) -> Result<HashMap<Uuid, Slice<(OrganisationRole, person::Model)>>, DbErr> {
    let mut matching = Entity::find().filter(Column::OrganisationId.is_in(organisations.iter().copied())).into_query();
    matching
        .clear_selects()
        .expr_as(Expr::col((Entity, Column::OrganisationId)), partition::OWNER)
        .expr_as(Expr::col((Entity, Column::PersonId)), partition::ITEM)
        .expr_as(Expr::col((Entity, Column::CreatedAt)), partition::SORT_KEY);
    let pages = partition::pages(db, &matching, page, Direction::Ascending, count).await?;
    let people: Vec<PersonId> = pages.items().into_iter().map(PersonId).collect();
    let roles = Entity::find().filter(Column::OrganisationId.is_in(organisations.iter().copied()));
    let roles = roles.filter(Column::PersonId.is_in(people.iter().copied())).all(db).await?;
    let rows = person::Entity::find().filter(person::Column::Id.is_in(people)).all(db).await?;
    let rows: HashMap<PersonId, person::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    let roles: HashMap<(Uuid, Uuid), OrganisationRole> =
        roles.into_iter().map(|row| ((row.organisation_id.0, row.person_id.0), row.role)).collect();
    Ok(pages.into_slices_of(organisations, page, |owner, id| Some((*roles.get(&(owner, id))?, rows.get(&PersonId(id))?.clone()))))
}
