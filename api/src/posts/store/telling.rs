//! SQL of which posts tell of others: of an organisation, a programme.

use entity::id::{OrganisationId, PostId, ProgrammeId};
use entity::post::{Column, Entity};
use entity::post_mention;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

/// The posts that an organisation wrote, or that speak of it.
///
/// # Errors
/// Where the database fails.
pub async fn of_organisation(db: &impl ConnectionTrait, organisation: OrganisationId) -> Result<Vec<PostId>, DbErr> {
    use post_mention::{Column as Mention, Entity as Mentions};
    let speaking = Mentions::find().select_only().column(Mention::PostId).filter(Mention::OrganisationId.eq(organisation)).into_query();
    ids(db, Condition::any().add(Column::OrganisationId.eq(organisation)).add(Column::Id.in_subquery(speaking))).await
}

/// The posts of a programme.
///
/// # Errors
/// Where the database fails.
pub async fn of_programme(db: &impl ConnectionTrait, programme: ProgrammeId) -> Result<Vec<PostId>, DbErr> {
    ids(db, Condition::all().add(Column::ProgrammeId.eq(programme))).await
}

async fn ids(db: &impl ConnectionTrait, which: Condition) -> Result<Vec<PostId>, DbErr> {
    Entity::find().select_only().column(Column::Id).filter(which).order_by_asc(Column::Id).into_tuple().all(db).await
}
