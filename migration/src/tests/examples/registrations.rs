//! Registrations and what belongs to them.

use entity::id::{EventId, OccurrenceId, RegistrationId, RegistrationMessageId, SeatPoolId};
use entity::lists::{Question, Strings};
use entity::words::{QuestionKind, RegistrationAudience, RegistrationStatus};
use entity::{registration, registration_answer, registration_message, registration_receipt, seat_pool, sensitive_answer};
use sea_orm_migration::sea_orm::DatabaseConnection;

use super::{ID, moment, put, text};

/// Writes one of each.
pub async fn insert(db: &DatabaseConnection) {
    let (event_id, occurrence_id) = (EventId(ID), Some(OccurrenceId(ID)));
    let (id, seat_pool_id) = (RegistrationId(ID), SeatPoolId(ID));
    put(db, seat_pool::Model { id: seat_pool_id, event_id, occurrence_id, taken: 2, waiting: 0, last_number: 1 }).await;
    put(
        db,
        registration::Model {
            id,
            seat_pool_id,
            event_id,
            occurrence_id,
            name: text("Ada"),
            email: text("ada@example.org"),
            seats: 2,
            status: RegistrationStatus::Confirmed,
            note: None,
            locale: text("de"),
            number: 1,
            secret_version: 0,
            invitation_sequence: 0,
            created_at: moment(0),
            updated_at: moment(0),
            confirmed_at: Some(moment(0)),
            cancelled_at: None,
            checked_in_at: None,
            reminded_at: None,
            anonymised_at: None,
            approved_at: None,
            told_ahead_at: None,
            accepted_at: None,
            decline_reason: None,
            search_text: text("ada"),
        },
    )
    .await;
    let question = Question {
        key: text("food"),
        label: text("Essen?"),
        help: None,
        kind: QuestionKind::YesNo,
        required: false,
        sensitive: false,
        choices: Vec::new(),
    };
    let answers = Strings(vec![text("yes")]);
    put(db, registration_answer::Model { registration_id: id, position: 0, question: question.clone(), answers: answers.clone() }).await;
    put(db, sensitive_answer::Model { registration_id: id, position: 1, question, answers }).await;
    put(
        db,
        registration_receipt::Model {
            idempotency_key: text("key"),
            fingerprint: text("print"),
            event_id,
            occurrence_id,
            status: RegistrationStatus::Confirmed,
            seats: 2,
            waitlist_position: None,
            created_at: moment(0),
        },
    )
    .await;
    put(
        db,
        registration_message::Model {
            id: RegistrationMessageId(ID),
            event_id,
            occurrence_id,
            audience: RegistrationAudience::Confirmed,
            subject: text("Einlass"),
            body_markdown: text("Ab 17 Uhr."),
            created_at: moment(0),
            told_up_to: Some(id),
            told_at: None,
        },
    )
    .await;
}
