//! SQL of what belongs to organisations, for many at once.

use std::collections::HashMap;

use entity::id::OrganisationId;
use entity::{organisation_language, organisation_tag, organisation_text, tag};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::db::grouping;

/// Their texts in all languages.
///
/// # Errors
/// Where the database fails.
pub async fn texts(
    db: &impl ConnectionTrait,
    ids: Vec<OrganisationId>,
) -> Result<HashMap<OrganisationId, Vec<organisation_text::Model>>, DbErr> {
    use organisation_text::{Column, Entity};
    Ok(grouping::by(Entity::find().filter(Column::OrganisationId.is_in(ids)).order_by_asc(Column::Locale).all(db).await?, |row| {
        row.organisation_id
    }))
}

/// The languages they work in.
///
/// # Errors
/// Where the database fails.
pub async fn languages(db: &impl ConnectionTrait, ids: Vec<OrganisationId>) -> Result<HashMap<OrganisationId, Vec<String>>, DbErr> {
    use organisation_language::{Column, Entity};
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in Entity::find().filter(Column::OrganisationId.is_in(ids)).order_by_asc(Column::Position).all(db).await? {
        found.entry(row.organisation_id).or_default().push(row.locale);
    }
    Ok(found)
}

/// The topics they work on.
///
/// # Errors
/// Where the database fails.
pub async fn tags(db: &impl ConnectionTrait, ids: Vec<OrganisationId>) -> Result<HashMap<OrganisationId, Vec<tag::Model>>, DbErr> {
    use organisation_tag::{Column, Entity};
    let links = Entity::find().filter(Column::OrganisationId.is_in(ids)).order_by_asc(Column::Position).all(db).await?;
    crate::tags::store::of_links(db, links.into_iter().map(|link| (link.organisation_id, link.tag_id)).collect()).await
}
