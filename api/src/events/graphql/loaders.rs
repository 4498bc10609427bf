//! What events load in batches.

use chrono::{DateTime, Utc};
use entity::id::{EventId, OccurrenceId};
use entity::{event_feature, event_host, event_language, event_text, occurrence, seat_pool, tag};

use super::{Event, Occurrence};
use crate::events::store::{self, occurrences, parts, seats};
use crate::gql::loader::{objects, parts};

objects! {
    EventId => Event = |cx, ids| store::by_ids(cx.db(), &cx.viewer, ids);
    OccurrenceId => Occurrence = |cx, ids| occurrences::by_ids(cx.db(), &cx.viewer, ids);
}

parts! {
    /// An event, where the viewer finds it in lists.
    Listed(EventId) => Event = |cx, ids| async {
        let rows = store::listed_by_ids(cx.db(), &cx.viewer, ids).await?;
        Ok::<_, sea_orm::DbErr>(rows.into_iter().map(|(id, row)| (id, Event::from(row))).collect::<std::collections::HashMap<_, _>>())
    };
    /// What lists show of an event.
    Heads(EventId) => Vec<parts::Head> = |cx, ids| parts::heads(cx.db(), ids);
    /// An event's whole texts.
    Texts(EventId) => Vec<event_text::Model> = |cx, ids| parts::texts(cx.db(), ids);
    /// An event's hosts.
    Hosts(EventId) => Vec<event_host::Model> = |cx, ids| parts::hosts(cx.db(), ids);
    /// The languages of an event.
    Languages(EventId) => Vec<event_language::Model> = |cx, ids| parts::languages(cx.db(), ids);
    /// What an event states of its accessibility.
    Features(EventId) => Vec<event_feature::Model> = |cx, ids| parts::features(cx.db(), ids);
    /// An event's topics.
    Tags(EventId) => Vec<tag::Model> = |cx, ids| parts::tags(cx.db(), ids);
    /// The date of an event that counts now.
    Current(EventId) => occurrence::Model = |cx, ids| occurrences::current(cx.db(), ids, cx.now());
    /// Dates of others that clash with an event's own.
    Clashes(EventId) => Vec<occurrence::Model> = |cx, ids| crate::events::ops::clashes(cx, ids);
    /// The start of an event's first and of its last date.
    Span(EventId) => (DateTime<Utc>, DateTime<Utc>) = |cx, ids| occurrences::spans(cx.db(), ids);
    /// The seats of a date.
    OccurrenceSeats(OccurrenceId) => seat_pool::Model = |cx, ids| seats::of_dates(cx.db(), ids);
    /// The seats of an event as a whole.
    EventSeats(EventId) => seat_pool::Model = |cx, ids| seats::of_events(cx.db(), ids);
}
