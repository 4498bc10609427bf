//! SQL of what belongs to people, many at once.

use std::collections::HashMap;

use entity::id::{AccessTokenId, PersonId, SessionId};
use entity::{access_token, organisation_person, session};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::access::Viewer;
use crate::db::grouping;

/// For which organisations people act, the first first.
///
/// # Errors
/// Where the database fails.
pub async fn affiliations(
    db: &impl ConnectionTrait,
    ids: Vec<PersonId>,
) -> Result<HashMap<PersonId, Vec<organisation_person::Model>>, DbErr> {
    use organisation_person::{Column, Entity};
    let rows = Entity::find().filter(Column::PersonId.is_in(ids));
    Ok(grouping::by(rows.order_by_asc(Column::CreatedAt).order_by_asc(Column::OrganisationId).all(db).await?, |row| row.person_id))
}

/// The viewer's own sessions of these ids.
///
/// # Errors
/// Where the database fails.
pub async fn own_sessions(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: Vec<SessionId>,
) -> Result<HashMap<SessionId, session::Model>, DbErr> {
    use session::{Column, Entity};
    let Some(own) = viewer.person_id() else { return Ok(HashMap::new()) };
    let rows = Entity::find().filter(Column::Id.is_in(ids)).filter(Column::PersonId.eq(own)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The viewer's own access tokens of these ids.
///
/// # Errors
/// Where the database fails.
pub async fn own_access_tokens(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: Vec<AccessTokenId>,
) -> Result<HashMap<AccessTokenId, access_token::Model>, DbErr> {
    use access_token::{Column, Entity};
    let Some(own) = viewer.person_id() else { return Ok(HashMap::new()) };
    let rows = Entity::find().filter(Column::Id.is_in(ids)).filter(Column::PersonId.eq(own)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
