//! What is said of a single date, and of what came of an event.

use async_graphql::{InputObject, MaybeUndefined};

use super::edit_parts::{PlacePatch, currency};
use crate::events::ops::{DateEdit, Outcome};
use crate::gql::input::{self, line};
use crate::gql::scalars::DateTime;
use crate::kernel::refusal::Expected;
use crate::kernel::{Findings, Patch, Why, text};

/// A change of one date. What is left out stays, null clears.
#[derive(Clone, Debug, Default, InputObject)]
pub struct OccurrenceUpdateInput {
    /// When it starts. Its end and its doors move along, unless something else is said of them.
    starts_at: MaybeUndefined<DateTime>,
    /// When it ends, exclusive; null where not known.
    ends_at: MaybeUndefined<DateTime>,
    /// When the doors open.
    doors_at: MaybeUndefined<DateTime>,
    /// Where it is; null for where its event is.
    place: MaybeUndefined<PlacePatch>,
    /// Whether it does not take place.
    cancelled: MaybeUndefined<bool>,
    /// Why it does not, up to 1,000 characters.
    reason: MaybeUndefined<String>,
    /// Its seats, 0 or more; null for as many as its event says.
    capacity: MaybeUndefined<i32>,
}

/// What came of an event.
#[derive(Clone, Debug, InputObject)]
pub struct EventOutcomeInput {
    /// Guests who came, 0 or more.
    guests: Option<i32>,
    /// Guests from afar, 0 or more.
    online_guests: Option<i32>,
    /// What was donated, in the currency's smallest unit, 0 or more.
    donations: Option<i32>,
    /// Currency of the donations, ISO 4217.
    #[graphql(default_with = "String::from(\"EUR\")")]
    currency: String,
    /// Said beside it, up to 1,000 characters.
    note: Option<String>,
}

impl OccurrenceUpdateInput {
    /// What is asked for, with all that is wrong about it.
    #[must_use]
    pub fn read(self) -> DateEdit {
        let mut findings = Findings::of_input();
        let moment = |given: MaybeUndefined<DateTime>| match input::patch(given) {
            Patch::Keep => Patch::Keep,
            Patch::Clear => Patch::Clear,
            Patch::Set(at) => Patch::Set(at.to_utc()),
        };
        let place = match input::patch(self.place) {
            Patch::Set(place) => Patch::Set(findings.within(&["place"], |findings| place.read(findings))),
            Patch::Clear => Patch::Clear,
            Patch::Keep => Patch::Keep,
        };
        DateEdit {
            starts_at: moment(self.starts_at),
            ends_at: moment(self.ends_at),
            doors_at: moment(self.doors_at),
            place,
            cancelled: input::patch(self.cancelled),
            reason: line(&mut findings, "reason", self.reason, text::SUMMARY),
            capacity: input::patch(self.capacity),
            findings,
        }
    }
}

impl EventOutcomeInput {
    /// What is asked for, with all that is wrong about it.
    #[must_use]
    pub fn read(self) -> Outcome {
        let mut findings = Findings::of_input();
        let mut number = |field: &str, given: Option<i32>| {
            given.and_then(|number| findings.take(field, if number < 0 { Err(Why::Invalid(Expected::NotNegative)) } else { Ok(number) }))
        };
        let (guests, online_guests) = (number("guests", self.guests), number("onlineGuests", self.online_guests));
        let donations = number("donations", self.donations).map(i64::from);
        let currency = findings.take("currency", currency(self.currency));
        let note = self.note.and_then(|note| findings.take("note", text::lines(&note, text::SUMMARY)).flatten());
        Outcome { guests, online_guests, donations, currency, note, findings }
    }
}
