//! What becomes of a registration that asks for other seats than before.
//!
//! Fewer are always given back, and go to the first in line who fit. More need room: they are taken of what is left, and of nobody.
//! Who waits in line keeps the place, however large the party is now, and may fit once it is smaller.

use chrono::{DateTime, Utc};
use entity::words::RegistrationStatus;

use super::admission::holds_seats;
use crate::events::offer::Offer;
use crate::events::rules::seats::{State, left};
use crate::kernel::Why;

/// A registration, as it stands, and the seats that it shall have.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// How far it is.
    pub status: RegistrationStatus,
    /// Seats so far.
    pub seats: u32,
    /// Seats wanted.
    pub wanted: u32,
    /// Seats that one registration can have.
    pub most: u32,
    /// Whether a request that waits for approval keeps its seats.
    pub pending_holds_seats: bool,
    /// Whether an organiser asks, who may also once registration is closed.
    pub is_organiser: bool,
}

/// Whether it can have them where so many seats are taken, its own included.
///
/// # Errors
/// [`Why::TooManySeats`] with how many it can have, [`Why::NotYetOpen`] and [`Why::Closed`] for more seats outside the time of
/// registration.
pub fn resize(offer: &Offer, taken: u32, request: &Request, now: DateTime<Utc>) -> Result<(), Why> {
    if request.wanted <= request.seats {
        return Ok(());
    }
    match offer.state(taken, now) {
        State::NotYetOpen if !request.is_organiser => return Err(Why::NotYetOpen),
        State::Closed if !request.is_organiser => return Err(Why::Closed),
        _ => {}
    }
    let most = request.most.min(offer.policy.capacity.unwrap_or(u32::MAX));
    let room = if holds_seats(request.status, request.pending_holds_seats) {
        left(offer.policy.capacity, taken).unwrap_or(u32::MAX).saturating_add(request.seats)
    } else {
        u32::MAX
    };
    // Never fewer than it has, also where the event allows fewer by now.
    let possible = most.min(room).max(request.seats);
    if request.wanted <= possible { Ok(()) } else { Err(Why::TooManySeats(possible)) }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::events::rules::seats::Policy;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn offer(capacity: Option<u32>) -> Offer {
        let policy =
            Policy { opens_at: None, closes_at: None, closes_minutes_before: Some(60), capacity, waitlist: true, takes_place: true };
        Offer { policy, starts_at: NOW + TimeDelta::days(1) }
    }

    fn request(status: RegistrationStatus, seats: u32, wanted: u32) -> Request {
        Request { status, seats, wanted, most: 5, pending_holds_seats: true, is_organiser: false }
    }

    #[test]
    fn more_seats_need_room_and_one_is_told_how_many_there_are() {
        let confirmed = |wanted| request(RegistrationStatus::Confirmed, 2, wanted);
        assert_eq!(resize(&offer(Some(10)), 9, &confirmed(3), NOW), Ok(()));
        assert_eq!(resize(&offer(Some(10)), 9, &confirmed(4), NOW), Err(Why::TooManySeats(3)));
        assert_eq!(resize(&offer(Some(10)), 10, &confirmed(3), NOW), Err(Why::TooManySeats(2)));
        assert_eq!(resize(&offer(None), 999, &confirmed(6), NOW), Err(Why::TooManySeats(5)));
        assert_eq!(resize(&offer(Some(10)), 10, &request(RegistrationStatus::Waitlisted, 2, 5), NOW), Ok(()));
        assert_eq!(resize(&offer(Some(3)), 3, &request(RegistrationStatus::Waitlisted, 2, 4), NOW), Err(Why::TooManySeats(3)));
    }

    #[test]
    fn once_registration_is_closed_only_organisers_add_seats_and_everybody_gives_some_back() {
        let late = NOW + TimeDelta::hours(23);
        let confirmed = |wanted| request(RegistrationStatus::Confirmed, 2, wanted);
        assert_eq!(resize(&offer(Some(10)), 2, &confirmed(3), late), Err(Why::Closed));
        assert_eq!(resize(&offer(Some(10)), 2, &confirmed(1), late), Ok(()));
        assert_eq!(resize(&offer(Some(10)), 2, &Request { is_organiser: true, ..confirmed(3) }, late), Ok(()));
    }

    proptest! {
        #[test]
        fn nobody_grows_past_the_capacity(capacity in 1_u32..20, others in 0_u32..20, seats in 1_u32..6, wanted in 1_u32..9) {
            let taken = others + seats;
            let request = request(RegistrationStatus::Confirmed, seats, wanted);
            if wanted > seats && resize(&offer(Some(capacity)), taken, &request, NOW).is_ok() {
                prop_assert!(others + wanted <= capacity);
            }
        }
    }
}
