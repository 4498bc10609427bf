//! Single dates that are otherwise than the rule has them.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use entity::lists::TakenField;
use entity::{event, occurrence};

use super::follow::refused;
use super::here::{here_of_date, here_of_plan};
use crate::app::Cx;
use crate::calendar_sources::rules::{Turn, date_key, said_of_date, turn};
use crate::events;
use crate::events::ops::DateEdit;
use crate::events::rules::schedule::{self, PlannedDate};
use crate::events::store::content;
use crate::imports::ops::announcing::NotEntered;
use crate::imports::read::calendar::{CalendarEvent, ChangedDate};
use crate::kernel::{Findings, Patch};

/// What became of the dates of an event.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Followed {
    /// Whether one changed.
    pub changed: bool,
    /// Whether one stays as it was changed here.
    pub kept: bool,
    /// Whether one is changed there that is too far ahead to be here.
    pub ahead: bool,
}

/// Has the dates of an event follow what its calendar says of each.
pub(super) async fn follow(
    cx: &Cx,
    event: &CalendarEvent,
    row: &event::Model,
    fields: &mut BTreeMap<String, TakenField>,
) -> Result<Followed, NotEntered> {
    let now = cx.now();
    let rows = events::store::dates::of(cx.db(), row.id).await?;
    let planned = schedule::dates(&content::schedule(row)?, schedule::horizon(now)).unwrap_or_default();
    let planned: HashMap<DateTime<Utc>, PlannedDate> = planned.into_iter().map(|date| (date.starts_at, date)).collect();
    let mut followed = Followed {
        ahead: event
            .changed_dates
            .iter()
            .any(|changed| changed.original > now && rows.iter().all(|row| row.original_starts_at != changed.original)),
        ..Followed::default()
    };
    fields.retain(|key, _| !key.starts_with("date.") || rows.iter().any(|row| date_key(row.id) == *key));
    for date in &rows {
        let changed = event.changed_dates.iter().find(|changed| changed.original == date.original_starts_at);
        let (key, plan) = (date_key(date.id), planned.get(&date.original_starts_at));
        if changed.is_none() && !fields.contains_key(&key) {
            continue;
        }
        let as_planned = TakenField { said: said_of_date(None), here: plan.map_or_else(|| here_of_date(date), here_of_plan) };
        let said = said_of_date(changed);
        match turn(Some(fields.get(&key).unwrap_or(&as_planned)), &said, &here_of_date(date)) {
            Turn::Same => {}
            Turn::Keep => followed.kept = true,
            Turn::Take => {
                let Some(edit) = edit(changed, plan, date) else { continue };
                let done = events::ops::update_date(cx, date.id, Some(date.revision), edit).await;
                let (_, after) = done.map_err(|fault| refused(event, fault))?;
                followed.changed |= after.revision != date.revision;
                fields.insert(key, TakenField { said, here: here_of_date(&after) });
            }
        }
    }
    Ok(followed)
}

/// What becomes of a date: as its calendar has it, or else as the rule does.
fn edit(changed: Option<&ChangedDate>, plan: Option<&PlannedDate>, date: &occurrence::Model) -> Option<DateEdit> {
    let when = match changed {
        Some(changed) => changed.instead,
        None => Some(plan.map(|plan| (plan.starts_at, plan.ends_at))?),
    };
    let (starts_at, ends_at) = when.unwrap_or((date.starts_at, date.ends_at));
    Some(DateEdit {
        starts_at: Patch::Set(starts_at),
        ends_at: Patch::of(ends_at),
        doors_at: Patch::Keep,
        place: Patch::Keep,
        cancelled: Patch::Set(when.is_none()),
        reason: Patch::Keep,
        capacity: Patch::Keep,
        findings: Findings::of_input(),
    })
}
