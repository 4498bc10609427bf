//! What registrations load in batches.

use entity::id::{EventId, OccurrenceId, RegistrationId};
use entity::{event, occurrence, registration};

use super::Registration;
use crate::gql::loader::{objects, parts};
use crate::registrations::store::{self, own, parts};

objects! {
    RegistrationId => Registration = |cx, ids| store::by_ids(cx.db(), &cx.viewer, ids);
}

parts! {
    /// What somebody answered to the event's questions.
    Answers(RegistrationId) => Vec<parts::Answer> = |cx, ids| parts::answers(cx.db(), ids);
    /// The place of somebody who waits.
    PlaceInLine(RegistrationId) => u32 = |cx, ids| parts::places_in_line(cx.db(), ids);
    /// The viewer's own registrations for an event.
    OwnRegistrations(EventId) => Vec<registration::Model> = |cx, ids| async {
        match cx.viewer.person_id() {
            Some(person) => own::of_events(cx.db(), person, ids).await,
            None => Ok(std::collections::HashMap::new()),
        }
    };
    /// The event that somebody registered for: they keep seeing it, whoever else may.
    RegisteredEvent(EventId) => event::Model = |cx, ids| parts::events(cx.db(), ids);
    /// The date that somebody registered for.
    RegisteredDate(OccurrenceId) => occurrence::Model = |cx, ids| parts::dates(cx.db(), ids);
}
