//! What has changed in calendars: triggers have counted by now what the other examples wrote.

use entity::calendar_change;
use entity::id::OrganisationId;
use sea_orm_migration::sea_orm::prelude::Uuid;
use sea_orm_migration::sea_orm::{DatabaseConnection, EntityTrait};

use super::{ID, moment, put};

pub(super) async fn insert(db: &DatabaseConnection) {
    let counted = calendar_change::Entity::find().all(db).await.unwrap();
    for whose in [ID, Uuid::nil()] {
        let own = counted.iter().find(|row| row.organisation_id == OrganisationId(whose));
        assert!(own.is_some_and(|row| row.changes > 0), "{whose}: {counted:?}");
    }
    put(db, calendar_change::Model { organisation_id: OrganisationId(ID), slot: i64::MAX, changes: 1, changed_at: moment(0) }).await;
}
