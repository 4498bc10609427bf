//! SQL of what somebody wants to register for.

use entity::id::{EventId, OccurrenceId};
use entity::words::RegistrationScope;
use entity::{event, occurrence};
use sea_orm::{ConnectionTrait, DbErr};

use crate::access::Viewer;
use crate::events::offer::{Offer, registers_here};
use crate::events::store::{self, occurrences};
use crate::kernel::Why;
use crate::kernel::refusal::Expected;

/// What somebody names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A date.
    Date(OccurrenceId),
    /// An event as a whole; or its date, where it has one only.
    Event(EventId),
}

/// What is registered for, with the offer that holds.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// The event.
    pub event: event::Model,
    /// The date; none where one registers for the event as a whole.
    pub date: Option<occurrence::Model>,
    /// What registration goes by.
    pub offer: Offer,
}

/// What the viewer named, as it stands now.
///
/// # Errors
/// Where the database fails; within, why one cannot register for it.
pub async fn choose(db: &impl ConnectionTrait, viewer: &Viewer, target: Target) -> Result<Result<Chosen, Why>, DbErr> {
    let named = match target {
        Target::Date(id) => occurrences::by_ids(db, viewer, vec![id]).await?.remove(&id),
        Target::Event(_) => None,
    };
    let event_id = match (target, &named) {
        (Target::Event(id), _) => id,
        (Target::Date(_), Some(date)) => date.event_id,
        (Target::Date(_), None) => return Ok(Err(Why::NotFound)),
    };
    let Some(event) = store::by_ids(db, viewer, vec![event_id]).await?.remove(&event_id) else { return Ok(Err(Why::NotFound)) };
    if !registers_here(&event) {
        return Ok(Err(Why::WrongState));
    }
    let offered = match (event.registration_scope, named) {
        (RegistrationScope::WholeEvent, Some(_)) => return Ok(Err(Why::Invalid(Expected::WholeEvent))),
        (RegistrationScope::WholeEvent, None) => {
            let span = occurrences::spans(db, vec![event_id]).await?.remove(&event_id);
            (Offer::of_event(&event, span), None)
        }
        (RegistrationScope::EachDate, Some(date)) => (Offer::of_date(&event, &date), Some(date)),
        (RegistrationScope::EachDate, None) => {
            let mut dates = occurrences::of(db, vec![event_id]).await?.remove(&event_id).unwrap_or_default();
            if dates.len() != 1 {
                return Ok(Err(Why::Invalid(Expected::DateOfEvent)));
            }
            let date = dates.remove(0);
            (Offer::of_date(&event, &date), Some(date))
        }
    };
    Ok(match offered {
        (Some(offer), date) => Ok(Chosen { event, date, offer }),
        (None, _) => Err(Why::WrongState),
    })
}
