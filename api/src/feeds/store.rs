//! SQL of feeds.

use chrono::{DateTime, Utc};
use entity::id::{OrganisationId, ProgrammeId};
use entity::post::{Column, Entity, Model};
use entity::words::PostStatus;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

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

/// When a post, of an organisation or of any, last changed; also one that is public no more, as a feed changes when it goes.
///
/// # Errors
/// Where the database fails.
pub async fn last_change(db: &impl ConnectionTrait, of: Option<OrganisationId>) -> Result<Option<DateTime<Utc>>, DbErr> {
    let posts = Entity::find().filter(Condition::all().add_option(of.map(|id| Column::OrganisationId.eq(id))));
    let changed: Option<Option<DateTime<Utc>>> =
        posts.select_only().column_as(Column::UpdatedAt.max(), "changed").into_tuple().one(db).await?;
    Ok(changed.flatten())
}
