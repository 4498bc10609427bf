//! What an organisation wrote when it applied.

use entity::id::MembershipId;
use entity::membership_application;
use sea_orm_migration::sea_orm::DatabaseConnection;

use super::{ID, moment, put, text};

/// Writes one.
pub async fn insert(db: &DatabaseConnection) {
    let application = membership_application::Model {
        membership_id: MembershipId(ID),
        contact_name: text("Ada Beispiel"),
        email: text("ada@example.org"),
        phone: Some(text("0511 0")),
        statement: text("Wir möchten dabei sein."),
        locale: text("de"),
        reason: Some(text("Noch nicht eingetragen.")),
        created_at: moment(0),
        decided_at: Some(moment(1)),
    };
    put(db, application).await;
}
