//! When and where, as a mail says it in a line.

use chrono_tz::Tz;
use entity::{event, occurrence, venue};

use crate::mail::{Language, dates};

/// When a date of an event is, in the event's zone: `Dienstag, 17. Mai 2022, 18:00–20:00 Uhr`.
#[must_use]
pub fn when(event: &event::Model, date: &occurrence::Model, language: Language) -> String {
    let zone: Tz = event.time_zone.parse().unwrap_or(chrono_tz::UTC);
    dates::span(date.starts_at, date.ends_at, zone, event.is_all_day, language)
}

/// Where a date is: its venue with its address; none where it is nowhere in particular.
#[must_use]
pub fn place(date: &occurrence::Model, venue: Option<&venue::Model>) -> Option<String> {
    let city = venue.map(|venue| [venue.postal_code.as_deref(), venue.city.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" "));
    let parts = [venue.map(|venue| venue.name.clone()), date.room.clone(), venue.and_then(|venue| venue.street.clone()), city];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
