//! What becomes of a request that an organiser approves.

use entity::words::RegistrationStatus;

use super::admission::holds_seats;
use crate::events::rules::seats::{Policy, left};
use crate::kernel::Why;

/// A request, as it stands.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// How far it is.
    pub status: RegistrationStatus,
    /// Seats asked for.
    pub seats: u32,
    /// Whether a request that waits for approval keeps its seats.
    pub pending_holds_seats: bool,
}

/// What becomes of it where so many seats are taken: it is confirmed where it held its seats or there are enough, else it waits
/// in line, and is confirmed without a further decision once they come free.
///
/// # Errors
/// [`Why::Full`] where nobody waits, [`Why::WrongState`] for what is no request.
pub fn approve(policy: &Policy, taken: u32, request: Request) -> Result<RegistrationStatus, Why> {
    match request.status {
        RegistrationStatus::Pending | RegistrationStatus::Waitlisted => {}
        RegistrationStatus::Confirmed | RegistrationStatus::Declined | RegistrationStatus::Cancelled => return Err(Why::WrongState),
    }
    let has_them = holds_seats(request.status, request.pending_holds_seats);
    if has_them || left(policy.capacity, taken).is_none_or(|left| left >= request.seats) {
        return Ok(RegistrationStatus::Confirmed);
    }
    if policy.waitlist || request.status == RegistrationStatus::Waitlisted {
        return Ok(RegistrationStatus::Waitlisted);
    }
    Err(Why::Full)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(capacity: Option<u32>, waitlist: bool) -> Policy {
        Policy { opens_at: None, closes_at: None, closes_minutes_before: None, capacity, waitlist, takes_place: true }
    }

    fn request(status: RegistrationStatus, pending_holds_seats: bool) -> Request {
        Request { status, seats: 2, pending_holds_seats }
    }

    #[test]
    fn who_held_seats_keeps_them_and_others_need_room() {
        let pending = |holds| request(RegistrationStatus::Pending, holds);
        assert_eq!(approve(&policy(Some(2), false), 2, pending(true)), Ok(RegistrationStatus::Confirmed));
        assert_eq!(approve(&policy(Some(4), false), 2, pending(false)), Ok(RegistrationStatus::Confirmed));
        assert_eq!(approve(&policy(Some(3), true), 2, pending(false)), Ok(RegistrationStatus::Waitlisted));
        assert_eq!(approve(&policy(Some(3), false), 2, pending(false)), Err(Why::Full));
        assert_eq!(approve(&policy(None, false), 99, pending(false)), Ok(RegistrationStatus::Confirmed));
    }

    #[test]
    fn who_waits_is_approved_ahead_and_nothing_else_is() {
        assert_eq!(approve(&policy(Some(2), true), 2, request(RegistrationStatus::Waitlisted, true)), Ok(RegistrationStatus::Waitlisted));
        for status in [RegistrationStatus::Confirmed, RegistrationStatus::Declined, RegistrationStatus::Cancelled] {
            assert_eq!(approve(&policy(None, true), 0, request(status, true)), Err(Why::WrongState));
        }
    }
}
