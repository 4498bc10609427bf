//! SQL of the network's own row.

use entity::id::OrganisationId;
use entity::words::RelationKind;
use entity::{network, network_relation, organisation};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::access::Viewer;
use crate::db::insert;

/// The network and the organisation that it is; none before it was set up.
///
/// # Errors
/// Where the database fails.
pub async fn the_network(db: &impl ConnectionTrait) -> Result<Option<(network::Model, organisation::Model)>, DbErr> {
    let Some(network) = network::Entity::find().one(db).await? else { return Ok(None) };
    let organisation = organisation::Entity::find_by_id(network.organisation_id).one(db).await?;
    Ok(organisation.map(|organisation| (network, organisation)))
}

/// The organisations that stand in a relation to the network, in their order.
///
/// # Errors
/// Where the database fails.
pub async fn related(db: &impl ConnectionTrait, viewer: &Viewer, kind: RelationKind) -> Result<Vec<organisation::Model>, DbErr> {
    let links = network_relation::Entity::find()
        .filter(network_relation::Column::Kind.eq(kind))
        .order_by_asc(network_relation::Column::Position)
        .all(db)
        .await?;
    let mut found = super::by_ids(db, viewer, links.iter().map(|link| link.organisation_id).collect()).await?;
    Ok(links.iter().filter_map(|link| found.remove(&link.organisation_id)).collect())
}

/// As [`the_network`], once nobody else changes it.
///
/// # Errors
/// Where the database fails.
pub async fn locked(tx: &DatabaseTransaction) -> Result<Option<(network::Model, organisation::Model)>, DbErr> {
    let select = network::Entity::find();
    // On SQLite who writes is alone anyhow.
    let select = if tx.get_database_backend() == DatabaseBackend::Postgres { select.lock_exclusive() } else { select };
    let Some(network) = select.one(tx).await? else { return Ok(None) };
    Ok(super::locked_in_our_name(tx, network.organisation_id).await?.map(|organisation| (network, organisation)))
}

/// The ids of all organisations that stand in a relation to the network, in their order.
///
/// # Errors
/// Where the database fails.
pub async fn related_ids(db: &impl ConnectionTrait, kind: RelationKind) -> Result<Vec<OrganisationId>, DbErr> {
    use network_relation::{Column, Entity};
    let links = Entity::find().filter(Column::Kind.eq(kind)).order_by_asc(Column::Position).all(db).await?;
    Ok(links.into_iter().map(|link| link.organisation_id).collect())
}

/// Writes the network's own row.
///
/// # Errors
/// Where the database fails.
pub async fn update(tx: &impl ConnectionTrait, row: &network::Model) -> Result<(), DbErr> {
    let own = network::Column::OrganisationId.eq(row.organisation_id);
    network::Entity::update_many().set(row.clone().into_active_model().reset_all()).filter(own).exec(tx).await?;
    Ok(())
}

/// Writes anew who stands in a relation to the network.
///
/// # Errors
/// Where the database fails.
pub async fn relate(tx: &impl ConnectionTrait, kind: RelationKind, ids: &[OrganisationId]) -> Result<(), DbErr> {
    network_relation::Entity::delete_many().filter(network_relation::Column::Kind.eq(kind)).exec(tx).await?;
    let rows = (0..).zip(ids).map(|(position, &organisation_id)| network_relation::Model { organisation_id, kind, position });
    insert::rows::<network_relation::Entity>(tx, rows.collect()).await
}
