//! SQL of feeds.

use entity::id::ProgrammeId;
use entity::post::{Column, Entity, Model};
use entity::words::PostStatus;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Episodes of a podcast at the most: podcast programs keep what they know.
const EPISODES: u64 = 300;

/// The broadcasts of a programme that can be listened to, newest first.
///
/// # Errors
/// Where the database fails.
pub async fn episodes(db: &impl ConnectionTrait, programme: ProgrammeId) -> Result<Vec<Model>, DbErr> {
    let broadcasts = Entity::find().filter(Column::ProgrammeId.eq(programme)).filter(Column::AudioId.is_not_null());
    let published = broadcasts.filter(Column::Status.eq(PostStatus::Published));
    published.order_by_desc(Column::PublishedAt).order_by_desc(Column::Id).limit(EPISODES).all(db).await
}
