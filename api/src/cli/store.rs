//! What the command line asks of the database itself.

use entity::organisation;
use sea_orm::{DatabaseConnection, DbErr, EntityTrait, PaginatorTrait};

/// Whether nobody has entered anything yet: there is no organisation.
pub(super) async fn is_empty(db: &DatabaseConnection) -> Result<bool, DbErr> {
    Ok(organisation::Entity::find().count(db).await? == 0)
}
