//! What a calendar says of an event, field by field, as digests to compare.

use entity::id::OccurrenceId;

use crate::imports::read::calendar::{CalendarEvent, ChangedDate};
use crate::imports::rules::fingerprint;
use crate::kernel::Locale;

/// What is followed of an event by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Its title.
    Title,
    /// Its text.
    Description,
    /// When it is.
    When,
    /// Where it is.
    Where,
    /// Its page.
    Website,
    /// Its topics.
    Topics,
}

impl Field {
    /// Every one.
    pub const ALL: [Self; 6] = [Self::Title, Self::Description, Self::When, Self::Where, Self::Website, Self::Topics];

    /// The name by which it is kept: texts are so for each language.
    #[must_use]
    pub fn key(self, locale: &Locale) -> String {
        match self {
            Self::Title => format!("title.{locale}"),
            Self::Description => format!("description.{locale}"),
            Self::When => "when".to_owned(),
            Self::Where => "where".to_owned(),
            Self::Website => "website".to_owned(),
            Self::Topics => "topics".to_owned(),
        }
    }
}

/// The name by which a single date is kept.
#[must_use]
pub fn date_key(id: OccurrenceId) -> String {
    format!("date.{}", id.0)
}

/// What a calendar says of a field.
#[must_use]
pub fn said(field: Field, event: &CalendarEvent) -> String {
    fingerprint(&match field {
        Field::Title => event.title.clone(),
        Field::Description => event.description.clone(),
        Field::When => format!(
            "{:?}",
            (
                (event.starts_at, event.ends_at, event.is_all_day, event.zone),
                (&event.recurrence, &event.except_dates, &event.further_dates)
            )
        ),
        Field::Where => format!("{:?}", event.location),
        Field::Website => format!("{:?}", event.url),
        Field::Topics => format!("{:?}", event.tags),
    })
}

/// What a calendar says of a single date: nothing where it is as the rule has it.
#[must_use]
pub fn said_of_date(changed: Option<&ChangedDate>) -> String {
    changed.map_or_else(String::new, |changed| fingerprint(&format!("{:?}", changed.instead)))
}

/// What a calendar says of whether an event takes place.
#[must_use]
pub fn said_of_status(event: &CalendarEvent) -> &'static str {
    if event.is_cancelled { "CANCELLED" } else { "CONFIRMED" }
}
