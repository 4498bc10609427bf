//! Reminding those who come, the day before.

use chrono_tz::Tz;
use entity::id::{EventId, OccurrenceId};
use entity::words::EventStatus;

use crate::app::App;
use crate::events::store::occurrences;
use crate::kernel::Fault;
use crate::registrations::jobs::{News, Tell};
use crate::registrations::rules::ahead;
use crate::registrations::store::ahead::{claim, dates};
use crate::registrations::store::parts;

/// Dates looked at, and people reminded, at once.
const AT_ONCE: u64 = 200;

/// Leaves a reminder to be written to everybody who comes tomorrow, where it is that hour.
///
/// # Errors
/// Where the database fails.
pub async fn remind_ahead(app: &App) -> Result<(), Fault> {
    let now = app.clock.now();
    let mut after: Option<OccurrenceId> = None;
    loop {
        let some = dates(&app.db, (now, now + ahead::LOOK_AHEAD), after, AT_ONCE).await?;
        let ids: Vec<EventId> = some.iter().map(|date| date.event_id).collect();
        let (events, firsts) = (parts::events(&app.db, ids.clone()).await?, occurrences::spans(&app.db, ids).await?);
        for date in &some {
            let Some(event) = events.get(&date.event_id).filter(|event| event.status == EventStatus::Published) else { continue };
            let zone: Tz = event.time_zone.parse().unwrap_or(chrono_tz::UTC);
            let Some(confirmed_before) = ahead::confirmed_before(date.starts_at, zone, now) else { continue };
            let is_first = firsts.get(&event.id).is_some_and(|(first, _)| *first == date.starts_at);
            loop {
                let writing = app.begin_write().await?;
                let claimed = claim(&writing, date, is_first, confirmed_before, now, AT_ONCE).await?;
                for registration in &claimed {
                    writing.later(&Tell::of(*registration, News::Ahead)).await?;
                }
                writing.commit().await?;
                if claimed.is_empty() {
                    break;
                }
            }
        }
        after = some.last().map(|date| date.id);
        if after.is_none() {
            return Ok(());
        }
    }
}
