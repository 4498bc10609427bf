//! When an event is, as its editor gave it.

use async_graphql::SimpleObject;
use chrono_tz::Tz;
use entity::event;

use crate::gql::scalars::{DateTime, RecurrenceRule, TimeZone};

/// As its editor gave it: one date; or a first date and a `recurrence`, less `exceptDates`; or a first date and `furtherDates`.
#[derive(Clone, Debug, SimpleObject)]
pub struct Schedule {
    /// Start of the first date; local midnight where it is all day.
    starts_at: DateTime,
    /// End of the first date, exclusive; null where not known.
    ends_at: Option<DateTime>,
    /// When the doors open for the first date.
    doors_at: Option<DateTime>,
    /// Whether dates are whole days.
    all_day: bool,
    /// Zone of its times.
    time_zone: TimeZone,
    /// Said beside the time, e.g. `Uhrzeit folgt`.
    time_note: Option<String>,
    /// By what rule it recurs.
    recurrence: Option<RecurrenceRule>,
    /// Starts that the rule gives and that are left out.
    except_dates: Vec<DateTime>,
    /// Starts of dates beside the first.
    further_dates: Vec<DateTime>,
}

impl From<&event::Model> for Schedule {
    fn from(row: &event::Model) -> Self {
        let zone = zone(row);
        let local = |at: &chrono::DateTime<chrono::Utc>| DateTime::local(*at, zone);
        Self {
            starts_at: local(&row.starts_at),
            ends_at: row.ends_at.as_ref().map(local),
            doors_at: row.doors_at.as_ref().map(local),
            all_day: row.is_all_day,
            time_zone: TimeZone(zone),
            time_note: row.time_note.clone(),
            recurrence: row.recurrence.clone().map(RecurrenceRule),
            except_dates: row.except_dates.0.iter().map(local).collect(),
            further_dates: row.further_dates.0.iter().map(local).collect(),
        }
    }
}

/// The zone of an event, which was parsed before it was stored.
#[must_use]
pub fn zone(row: &event::Model) -> Tz {
    row.time_zone.parse().unwrap_or(chrono_tz::UTC)
}
