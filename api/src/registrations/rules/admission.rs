//! Who gets a seat.

use chrono::{DateTime, Utc};
use entity::words::RegistrationStatus;

use crate::events::offer::Offer;
use crate::events::rules::seats::{State, left};
use crate::kernel::Why;

/// What a request is decided by, beside the offer.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// Seats asked for.
    pub seats: u32,
    /// Seats that one registration can have.
    pub most: u32,
    /// Whether an organiser decides.
    pub needs_approval: bool,
    /// Whether a request that waits for approval keeps its seats.
    pub pending_holds_seats: bool,
}

/// What becomes of a request where so many seats are taken. Who waits already does not matter: whoever fits moved up before.
///
/// # Errors
/// Why it cannot be accepted: [`Why::NotYetOpen`], [`Why::Closed`], [`Why::Full`], or [`Why::TooManySeats`].
pub fn admit(offer: &Offer, taken: u32, request: &Request, now: DateTime<Utc>) -> Result<RegistrationStatus, Why> {
    match offer.state(taken, now) {
        State::NotYetOpen => return Err(Why::NotYetOpen),
        State::Closed => return Err(Why::Closed),
        State::Full => return Err(Why::Full),
        State::Open | State::Waitlist => {}
    }
    // More than there are in all would wait for ever.
    let most = request.most.min(offer.policy.capacity.unwrap_or(u32::MAX));
    if request.seats > most {
        return Err(Why::TooManySeats(most));
    }
    let needs_no_seat_now = request.needs_approval && !request.pending_holds_seats;
    let left = left(offer.policy.capacity, taken).unwrap_or(u32::MAX);
    match (needs_no_seat_now || left >= request.seats, request.needs_approval) {
        (true, true) => Ok(RegistrationStatus::Pending),
        (true, false) => Ok(RegistrationStatus::Confirmed),
        (false, _) if offer.policy.waitlist => Ok(RegistrationStatus::Waitlisted),
        (false, _) => Err(Why::TooManySeats(left)),
    }
}

/// Whether a registration in this status keeps its seats.
#[must_use]
pub fn holds_seats(status: RegistrationStatus, pending_holds_seats: bool) -> bool {
    match status {
        RegistrationStatus::Confirmed => true,
        RegistrationStatus::Pending => pending_holds_seats,
        RegistrationStatus::Waitlisted | RegistrationStatus::Declined | RegistrationStatus::Cancelled => false,
    }
}

/// Whether a registration in this status still counts for something.
#[must_use]
pub fn is_standing(status: RegistrationStatus) -> bool {
    match status {
        RegistrationStatus::Confirmed | RegistrationStatus::Pending | RegistrationStatus::Waitlisted => true,
        RegistrationStatus::Declined | RegistrationStatus::Cancelled => false,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::events::rules::seats::Policy;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;
    const ONE: Request = Request { seats: 1, most: 5, needs_approval: false, pending_holds_seats: true };

    fn offer(capacity: Option<u32>, waitlist: bool) -> Offer {
        let policy = Policy { opens_at: None, closes_at: None, closes_minutes_before: None, capacity, waitlist, takes_place: true };
        Offer { policy, starts_at: NOW + TimeDelta::days(1) }
    }

    #[test]
    fn the_last_seat_is_given_and_then_one_waits_or_is_refused() {
        assert_eq!(admit(&offer(Some(2), true), 1, &ONE, NOW), Ok(RegistrationStatus::Confirmed));
        assert_eq!(admit(&offer(Some(2), true), 2, &ONE, NOW), Ok(RegistrationStatus::Waitlisted));
        assert_eq!(admit(&offer(Some(2), false), 2, &ONE, NOW), Err(Why::Full));
    }

    #[test]
    fn a_party_waits_for_as_many_seats_as_it_is_and_never_for_more_than_there_are() {
        let two = Request { seats: 2, ..ONE };
        assert_eq!(admit(&offer(Some(2), true), 1, &two, NOW), Ok(RegistrationStatus::Waitlisted));
        assert_eq!(admit(&offer(Some(2), false), 1, &two, NOW), Err(Why::TooManySeats(1)));
        assert_eq!(admit(&offer(Some(1), true), 0, &two, NOW), Err(Why::TooManySeats(1)));
        assert_eq!(admit(&offer(None, true), 999, &Request { seats: 6, ..ONE }, NOW), Err(Why::TooManySeats(5)));
    }

    #[test]
    fn who_needs_approval_is_pending_and_takes_a_seat_only_where_it_is_held() {
        let request = Request { needs_approval: true, ..ONE };
        assert_eq!(admit(&offer(Some(1), true), 0, &request, NOW), Ok(RegistrationStatus::Pending));
        assert_eq!(admit(&offer(Some(1), true), 1, &request, NOW), Ok(RegistrationStatus::Waitlisted));
        let unheld = Request { pending_holds_seats: false, ..request };
        assert_eq!(admit(&offer(Some(1), true), 1, &unheld, NOW), Ok(RegistrationStatus::Pending));
    }

    proptest! {
        #[test]
        fn nobody_is_ever_admitted_past_the_capacity(capacity in 0_u32..20, taken in 0_u32..25, seats in 1_u32..8, waitlist: bool) {
            let request = Request { seats, ..ONE };
            if admit(&offer(Some(capacity), waitlist), taken, &request, NOW) == Ok(RegistrationStatus::Confirmed) {
                prop_assert!(taken + seats <= capacity);
            }
        }
    }
}
