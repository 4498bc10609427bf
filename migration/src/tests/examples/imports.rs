//! A post that came from elsewhere, and a calendar that is kept elsewhere.

use entity::id::OrganisationId;
use entity::lists::{CalendarReport, TakenFields};
use entity::words::{CalendarProblem, ImportedKind};
use entity::{calendar_source, imported};
use sea_orm_migration::sea_orm::DatabaseConnection;

use super::{ID, moment, put, text};

/// Writes it.
pub async fn insert(db: &DatabaseConnection) {
    let row = imported::Model {
        kind: ImportedKind::Post,
        source: text("https://example.org"),
        source_id: text("1"),
        target_id: ID,
        fingerprint: text("00"),
        revision: 1,
        created_at: moment(0),
        updated_at: moment(0),
        fields: Some(TakenFields::default()),
        seen_in: None,
        missing_since: None,
        withdrawn_at: None,
    };
    put(db, row).await;
    let source = calendar_source::Model {
        organisation_id: OrganisationId(ID),
        revision: 1,
        address: text("https://calendar.example.org/basic.ics"),
        locale: text("de"),
        etag: Some(text("\"1\"")),
        last_modified: None,
        due_at: moment(0),
        tried_at: Some(moment(0)),
        fetched_at: None,
        failures: 1,
        problem: Some(CalendarProblem::Status),
        problem_detail: Some(text("404")),
        report: Some(CalendarReport::default()),
        created_at: moment(0),
        updated_at: moment(0),
    };
    put(db, source).await;
}
