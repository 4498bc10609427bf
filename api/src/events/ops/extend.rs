//! Rules without an end are followed two years ahead, every day for another day.

use std::collections::HashSet;

use entity::id::EventId;

use crate::app::App;
use crate::events::rules::schedule::{dates as planned, horizon};
use crate::events::store::write::{NewDate, date_row};
use crate::events::store::{content, dates};
use crate::kernel::Fault;

/// Adds the dates that came within two years. Calendars learn nothing new: they follow the rule themselves.
///
/// # Errors
/// Where the database fails.
pub async fn extend(app: &App) -> Result<(), Fault> {
    for id in dates::without_end(&app.db).await? {
        extend_one(app, id).await?;
    }
    Ok(())
}

async fn extend_one(app: &App, id: EventId) -> Result<(), Fault> {
    let now = app.clock.now();
    let writing = app.begin_write().await?;
    let Some(row) = dates::locked_in_our_name(&*writing, id).await? else { return Ok(()) };
    let (schedule, place) = (content::schedule(&row)?, content::place_of_event(&row)?);
    let known = dates::of(&*writing, id).await?;
    let latest = known.iter().map(|date| date.original_starts_at).max();
    let taken: HashSet<_> = known.iter().map(|date| date.original_starts_at).collect();
    let sequence = known.iter().map(|date| date.sequence).max().unwrap_or(0);
    let Ok(all) = planned(&schedule, horizon(now)) else {
        // After so many dates it ends; its editors can begin it anew.
        tracing::warn!(event = %id.0, "a rule without an end has too many dates to be followed further");
        return Ok(());
    };
    let fresh = all.into_iter().filter(|date| latest.is_none_or(|latest| date.starts_at > latest) && !taken.contains(&date.starts_at));
    let rows = fresh.map(|date| entity::occurrence::Model {
        sequence,
        // What came by itself changes nothing that calendars were told.
        ..date_row(app.new_id(), id, &place, &NewDate::planned(date), row.revised_at)
    });
    dates::insert(&*writing, rows.collect()).await?;
    Ok(writing.commit().await?)
}
