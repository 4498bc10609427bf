//! Events that are no longer in their calendar.

use std::collections::HashSet;

use entity::id::EventId;
use entity::words::EventStatus;
use entity::{calendar_source, imported};

use super::follow::answerable;
use super::take::{key, seen_in, still};
use crate::app::Cx;
use crate::calendar_sources::{rules, store};
use crate::events;
use crate::kernel::Fault;

/// What became of those that are missing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Missing {
    /// Those ahead of us that were in the calendar.
    awaited: u32,
    /// Those that are missing, and not believed to be gone.
    pub left: u32,
    /// Those that were withdrawn here.
    pub withdrawn: u32,
}

impl Missing {
    /// How many of how many are missing, where that is most of them.
    pub fn alarm(&self) -> Option<String> {
        (self.left * 2 > self.awaited).then(|| format!("{}/{}", self.left, self.awaited))
    }
}

/// Notes what is missing, where the calendar was read again, and withdraws what has been so for long enough.
pub(super) async fn tend(
    cx: &Cx,
    source: &calendar_source::Model,
    there: Option<&HashSet<String>>,
    is_empty: bool,
) -> Result<Missing, Fault> {
    let (key, now) = (key(source), cx.now());
    let mut awaited = store::awaited(cx.db(), &key, &seen_in(source), now).await?;
    if let Some(there) = there {
        let gone = |row: &&mut imported::Model| row.missing_since.is_none() && !there.contains(&row.source_id);
        let mut fresh = Vec::new();
        for row in awaited.iter_mut().filter(gone) {
            row.missing_since = Some(now);
            fresh.push(row.source_id.clone());
        }
        if !fresh.is_empty() {
            let writing = cx.begin_write().await?;
            store::miss(&writing, &key, &fresh, now).await?;
            writing.commit().await?;
        }
    }
    let missing: Vec<_> = awaited.iter().filter_map(|row| Some((row, row.missing_since?))).collect();
    let after = rules::believed_after(awaited.len(), missing.len(), is_empty);
    let mut withdrawn = 0;
    for (row, since) in &missing {
        if after.is_some_and(|after| *since + after <= now) && withdraw(cx, source, row).await? {
            withdrawn += 1;
        }
    }
    let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    Ok(Missing { awaited: count(awaited.len()), left: count(missing.len()) - withdrawn, withdrawn })
}

/// Withdraws an event. One that has begun, as a series that is under way, is cancelled instead: what was stays to be seen.
async fn withdraw(cx: &Cx, source: &calendar_source::Model, known: &imported::Model) -> Result<bool, Fault> {
    let id = EventId(known.target_id);
    let writing = cx.begin_write().await?;
    if !still(&writing, source).await? || answerable(&writing, id).await? != Some(source.organisation_id) {
        return Ok(false);
    }
    let Some(row) = events::store::dates::locked_in_our_name(&*writing, id).await? else { return Ok(false) };
    let has_begun = events::store::dates::of(&*writing, id).await?.iter().any(|date| date.starts_at <= cx.now());
    writing.undo().await?;
    let after = match row.status {
        EventStatus::Draft | EventStatus::Cancelled => row,
        EventStatus::Published | EventStatus::Postponed if has_begun => events::ops::cancel(cx, id, None).await?,
        EventStatus::InReview | EventStatus::Scheduled | EventStatus::Published | EventStatus::Postponed => {
            events::ops::unpublish(cx, id).await?
        }
    };
    let writing = cx.begin_write().await?;
    store::withdrawn(&writing, known, after.revision, cx.now()).await?;
    writing.commit().await?;
    Ok(true)
}
