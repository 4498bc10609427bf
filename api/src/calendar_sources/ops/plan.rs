//! What of an event follows its calendar, and what stays as it was changed here.

use std::collections::BTreeMap;

use entity::lists::TakenField;

use super::here::here;
use super::take::Origin;
use crate::app::{Cx, Writing};
use crate::calendar_sources::rules::{Field, Turn, said, turn};
use crate::events::ops::edit::{Edit, PlaceEdit, ScheduleEdit};
use crate::events::store::write::{NewEvent, NewEventText};
use crate::imports::ops::announcing::{self, NotEntered};
use crate::imports::read::calendar::CalendarEvent;
use crate::kernel::Patch;

/// What becomes of an event.
pub(super) struct Plan {
    /// The change.
    pub edit: Edit,
    /// What it takes over.
    pub taken: Vec<Field>,
    /// What is here already as the calendar has it now.
    pub agreed: Vec<Field>,
    /// Whether something stays as it was changed here.
    pub kept: bool,
}

/// What becomes of an event that stands here as `old`.
pub(super) async fn plan(
    cx: &Cx,
    writing: &Writing,
    origin: &Origin<'_>,
    (event, old): (&CalendarEvent, &NewEvent),
    fields: &BTreeMap<String, TakenField>,
) -> Result<Plan, NotEntered> {
    let locale = &origin.into.locale;
    let words = announcing::words(locale, event)?;
    let schedule = announcing::schedule(event)?;
    announcing::dates(event, &schedule, cx.now())?;
    let mut plan = Plan { edit: Edit::nothing(), taken: Vec::new(), agreed: Vec::new(), kept: false };
    for field in Field::ALL {
        let stands = here(field, old, locale);
        let next = turn(fields.get(&field.key(locale)), &said(field, event), &stands);
        if next == Turn::Same {
            continue;
        }
        if wanted(field, old, &words, event)?.is_some_and(|wanted| here(field, &wanted, locale) == stands) {
            plan.agreed.push(field);
        } else if next == Turn::Keep {
            plan.kept = true;
        } else {
            plan.taken.push(field);
        }
    }
    let text = merged(old, &words, &plan.taken);
    for field in &plan.taken {
        match field {
            Field::Title | Field::Description => plan.edit.texts = vec![text.clone()],
            Field::When => {
                let along = |at| at + (schedule.starts_at - old.schedule.starts_at);
                let edit = ScheduleEdit::of(schedule.clone());
                let (doors_at, time_note) = (old.schedule.doors_at.map(along), old.time_note.clone());
                plan.edit.schedule = Patch::Set(ScheduleEdit { doors_at, time_note, ..edit });
            }
            Field::Where => {
                let place = announcing::place(cx, writing, &origin.into, event).await?;
                plan.edit.place = Patch::Set(PlaceEdit::of(place));
            }
            Field::Website => plan.edit.website = Patch::of(announcing::website(event)),
            Field::Topics => plan.edit.tags = Patch::Set(announcing::topics(event)),
        }
    }
    Ok(plan)
}

/// The event once a field follows; none where that is only known by doing it.
fn wanted(field: Field, old: &NewEvent, words: &NewEventText, event: &CalendarEvent) -> Result<Option<NewEvent>, NotEntered> {
    let mut new = old.clone();
    match field {
        Field::Title | Field::Description => {
            let text = merged(old, words, &[field]);
            new.texts.retain(|old| old.locale != text.locale);
            new.texts.push(text);
        }
        Field::When => new.schedule = announcing::schedule(event)?,
        Field::Website => new.website = announcing::website(event),
        Field::Where | Field::Topics => return Ok(None),
    }
    Ok(Some(new))
}

/// The text in the calendar's language, with what is taken over of it.
fn merged(old: &NewEvent, words: &NewEventText, taken: &[Field]) -> NewEventText {
    let mut text = old.texts.iter().find(|text| text.locale == words.locale).unwrap_or(words).clone();
    if taken.contains(&Field::Title) {
        text.title = words.title.clone();
    }
    if taken.contains(&Field::Description) {
        text.description = words.description.clone();
    }
    text
}
