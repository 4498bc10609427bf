//! What is left of an event that was withdrawn.

use entity::event_tombstone;
use entity::id::{EventId, OrganisationId, ProgrammeId};
use entity::lists::FoundBy;
use entity::words::{AccessibilityFeature, EventCategory, Visibility};
use sea_orm_migration::sea_orm::DatabaseConnection;

use super::{ID, moment, put, text};

/// Writes one.
pub async fn insert(db: &DatabaseConnection) {
    let found_by = FoundBy {
        organisations: vec![OrganisationId(ID)],
        programme: Some(ProgrammeId(ID)),
        category: EventCategory::Talk,
        tags: vec![text("kultur")],
        districts: vec![text("List")],
        languages: vec![text("de-simple")],
        features: vec![AccessibilityFeature::StepFree],
    };
    let tombstone = event_tombstone::Model {
        event_id: EventId(ID),
        slug: text("probe"),
        visibility: Visibility::Public,
        found_by,
        starts_at: moment(0),
        ends_at: Some(moment(1)),
        is_all_day: false,
        time_zone: text("Europe/Berlin"),
        sequence: 1,
        withdrawn_at: moment(0),
    };
    put(db, tombstone).await;
}
