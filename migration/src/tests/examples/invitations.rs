//! An invitation to act for an organisation.

use entity::id::{InvitationId, OrganisationId};
use entity::invitation;
use entity::words::OrganisationRole;
use sea_orm_migration::sea_orm::DatabaseConnection;

use super::{ID, moment, put, text};

/// Writes one.
pub async fn insert(db: &DatabaseConnection) {
    let invitation = invitation::Model {
        id: InvitationId(ID),
        organisation_id: OrganisationId(ID),
        email: text("ada@example.org"),
        role: OrganisationRole::Editor,
        locale: text("de"),
        token_hash: Some(text("token")),
        created_at: moment(0),
        expires_at: moment(1),
        accepted_at: None,
    };
    put(db, invitation).await;
}
