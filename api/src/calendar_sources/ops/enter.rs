//! An event that is new: it waits in review.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::imported;
use entity::lists::{TakenField, TakenFields};
use entity::words::ImportedKind;

use super::here::{here, here_of_date};
use super::take::{Origin, Outcome};
use crate::app::{Cx, Writing};
use crate::calendar_sources::rules::{Field, date_key, said, said_of_date, said_of_status};
use crate::events::rules::schedule::PlannedDate;
use crate::events::store::{content, dates};
use crate::imports;
use crate::imports::ops::announcing::{self, NotEntered};
use crate::imports::read::calendar::CalendarEvent;
use crate::imports::read::unreadable::Unreadable;

/// The name by which it is kept whether the calendar says that an event takes place.
pub(super) const STATUS: &str = "status";

/// Whether an event that is not known is nothing for here: it is over or cancelled.
pub(super) fn is_left_out(event: &CalendarEvent, now: DateTime<Utc>) -> Result<bool, Unreadable> {
    let is_moved_ahead = event.changed_dates.iter().filter_map(|date| date.instead).any(|(starts_at, _)| starts_at > now);
    let is_over = planned(event, now)?.iter().all(|date| date.over_at <= now) && !is_moved_ahead;
    Ok(is_over || event.is_cancelled)
}

fn planned(event: &CalendarEvent, now: DateTime<Utc>) -> Result<Vec<PlannedDate>, Unreadable> {
    announcing::dates(event, &announcing::schedule(event)?, now)
}

/// Enters an event, unless it has more dates than are `left` to be entered at this look.
pub(super) async fn enter(
    cx: &Cx,
    writing: Writing,
    origin: &Origin<'_>,
    event: &CalendarEvent,
    (fingerprint, left): (String, &mut usize),
) -> Result<Outcome, NotEntered> {
    let planned = planned(event, cx.now())?;
    let Some(rest) = left.checked_sub(planned.len()) else { return Ok(Outcome::Later) };
    *left = rest;
    let id = announcing::enter(cx, &writing, &origin.into, event).await?;
    let Some(row) = dates::locked_in_our_name(&*writing, id).await? else { return Ok(Outcome::LeftOut) };
    let stands = content::of(&*writing, &row).await?;
    let locale = &origin.into.locale;
    let mut fields: BTreeMap<String, TakenField> = BTreeMap::new();
    for field in Field::ALL {
        fields.insert(field.key(locale), TakenField { said: said(field, event), here: here(field, &stands, locale) });
    }
    for date in dates::of(&*writing, id).await? {
        let changed = event.changed_dates.iter().find(|changed| changed.original == date.original_starts_at);
        if changed.is_some() {
            fields.insert(date_key(date.id), TakenField { said: said_of_date(changed), here: here_of_date(&date) });
        }
    }
    fields.insert(STATUS.to_owned(), TakenField { said: said_of_status(event).to_owned(), here: String::new() });
    let note = origin.note(imported::Model {
        kind: ImportedKind::Event,
        source: String::new(),
        source_id: event.id.clone(),
        target_id: id.0,
        fingerprint,
        revision: row.revision,
        created_at: cx.now(),
        updated_at: cx.now(),
        fields: Some(TakenFields(fields)),
        seen_in: None,
        missing_since: None,
        withdrawn_at: None,
    });
    imports::store::remember(&*writing, note).await?;
    writing.commit().await?;
    Ok(Outcome::Added)
}
