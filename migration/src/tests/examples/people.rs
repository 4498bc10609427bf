//! A person, and what they do for an organisation.

use entity::id::{OrganisationId, PersonId};
use entity::words::{NetworkRole, OrganisationRole};
use entity::{organisation_person, person};
use sea_orm_migration::sea_orm::DatabaseConnection;

use super::{ID, moment, put, text};

pub(super) async fn insert(db: &DatabaseConnection) {
    put(
        db,
        person::Model {
            id: PersonId(ID),
            name: None,
            email: text("ada@example.org"),
            locale: text("de"),
            network_role: Some(NetworkRole::Admin),
            created_at: moment(0),
            last_signed_in_at: None,
            calendar_version: 0,
        },
    )
    .await;
    let (organisation_id, person_id) = (OrganisationId(ID), PersonId(ID));
    put(db, organisation_person::Model { organisation_id, person_id, role: OrganisationRole::Owner, created_at: moment(0) }).await;
}
