//! SQL of the network's own row.

use entity::words::RelationKind;
use entity::{network, network_relation, organisation};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::access::Viewer;

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
