//! What is told of a registration that was just made.

use async_graphql::SimpleObject;

use super::words::RegistrationStatus;
use crate::events::graphql::{Event, Occurrence};
use crate::gql::payload;
use crate::registrations::ops;

/// What was asked and decided; the rest goes to the address by mail. It does not tell whether the address was registered before.
#[derive(Clone, Debug, SimpleObject)]
pub struct RegistrationReceipt {
    /// What it is for.
    event: Event,
    /// The date. Null where one registers for the event as a whole.
    occurrence: Option<Occurrence>,
    /// What was decided.
    status: RegistrationStatus,
    /// Seats asked for.
    seats: i32,
    /// 1 for the next in line; null unless waitlisted.
    waitlist_position: Option<i32>,
}

impl From<ops::Receipt> for RegistrationReceipt {
    fn from(receipt: ops::Receipt) -> Self {
        let event = Event::from(receipt.event);
        Self {
            occurrence: receipt.date.map(|date| Occurrence::of(event.clone(), date)),
            event,
            status: receipt.status.into(),
            seats: receipt.seats,
            waitlist_position: receipt.waitlist_position,
        }
    }
}

payload! {
    /// What was asked and decided, or what to put right.
    RegistrationReceiptPayload {
        /// What was asked and decided; null where it was refused.
        receipt: RegistrationReceipt
    }
}
