//! What calendars keep of an event that leaves its public.

use chrono::{DateTime, TimeDelta, Utc};
use entity::event;
use entity::words::Visibility;
use sea_orm::ConnectionTrait;

use crate::app::App;
use crate::events::rules::course::is_out;
use crate::events::store::tombstones;
use crate::kernel::Fault;

/// For how long calendars strike out what was withdrawn.
pub const KEPT: TimeDelta = TimeDelta::days(30);

/// Keeps a tombstone of an event that leaves the public of its calendars, and lifts that of one which comes back. To be called before
/// anything of the event but its row is written.
///
/// # Errors
/// Where the database fails.
pub(super) async fn keep_or_lift(
    tx: &impl ConnectionTrait,
    before: &event::Model,
    after: &event::Model,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let (was, is) = (public(before), public(after));
    if was.is_some() && was != is {
        tombstones::keep(tx, before, after.sequence, now).await?;
    }
    if let Some(is) = is.filter(|_| was != is) {
        tombstones::lift(tx, before.id, is).await?;
    }
    Ok(())
}

/// Forgets what calendars need no more.
///
/// # Errors
/// Where the database fails.
pub async fn forget(app: &App) -> Result<(), Fault> {
    Ok(tombstones::forget(&app.db, app.clock.now() - KEPT).await?)
}

/// Whose calendars have it.
fn public(event: &event::Model) -> Option<Visibility> {
    is_out(event.status).then_some(event.visibility)
}
