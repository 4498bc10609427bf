//! What the command line asks of the database itself.

use entity::organisation;
use sea_orm::{ColumnTrait, DatabaseConnection, DbErr, EntityTrait, PaginatorTrait, QueryFilter};

/// Whether nobody has entered anything yet: there is no organisation.
pub(super) async fn is_empty(db: &DatabaseConnection) -> Result<bool, DbErr> {
    Ok(organisation::Entity::find().count(db).await? == 0)
}

/// Whether the starter data are in it: the samples among them are known by their names.
pub(super) async fn has_starter_data(db: &DatabaseConnection) -> Result<bool, DbErr> {
    let samples = organisation::Entity::find().filter(organisation::Column::Slug.starts_with("beispielverein-"));
    Ok(samples.one(db).await?.is_some())
}
