//! What stands here of an event, field by field, as digests to compare.

use entity::occurrence;

use crate::calendar_sources::rules::Field;
use crate::events::rules::schedule::PlannedDate;
use crate::events::store::write::NewEvent;
use crate::imports::rules::fingerprint;
use crate::kernel::Locale;

/// What stands here of a field; empty for a text that is not there.
pub(super) fn here(field: Field, event: &NewEvent, locale: &Locale) -> String {
    let text = event.texts.iter().find(|text| text.locale == *locale);
    let schedule = &event.schedule;
    let said = match field {
        Field::Title => text.map(|text| text.title.clone()),
        Field::Description => text.map(|text| text.description.as_str().to_owned()),
        // The doors are ours alone.
        Field::When => Some(format!(
            "{:?}",
            (
                (schedule.starts_at, schedule.ends_at, schedule.is_all_day, schedule.zone),
                (schedule.recurrence.as_ref().map(ToString::to_string), &schedule.except_dates, &schedule.further_dates)
            )
        )),
        Field::Where => Some(format!("{:?}", event.place)),
        Field::Website => Some(format!("{:?}", event.website.as_ref().map(ToString::to_string))),
        Field::Topics => Some(format!("{:?}", event.tags)),
    };
    said.map_or_else(String::new, |said| fingerprint(&said))
}

/// What stands here of a date.
pub(super) fn here_of_date(date: &occurrence::Model) -> String {
    if date.is_cancelled { "cancelled".to_owned() } else { format!("{:?}", (date.starts_at, date.ends_at)) }
}

/// What would stand here of a date that is as the schedule has it.
pub(super) fn here_of_plan(date: &PlannedDate) -> String {
    format!("{:?}", (date.starts_at, date.ends_at))
}
