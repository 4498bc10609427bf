//! How it stands with the seats of a date, or of an event as a whole.

use chrono::{DateTime, TimeDelta, Utc};

/// What can be said to somebody who wants a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Registration has not begun.
    NotYetOpen,
    /// There are seats.
    Open,
    /// The seats are taken, and one can wait for one.
    Waitlist,
    /// The seats are taken.
    Full,
    /// Registration is over.
    Closed,
}

/// What registration goes by.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// Not before.
    pub opens_at: Option<DateTime<Utc>>,
    /// Not from then on.
    pub closes_at: Option<DateTime<Utc>>,
    /// Not from so many minutes before the start; what comes first, this or `closes_at`, holds.
    pub closes_minutes_before: Option<i32>,
    /// Seats; none where unlimited.
    pub capacity: Option<u32>,
    /// Whether one can wait for a seat.
    pub waitlist: bool,
    /// Whether it takes place as announced: neither cancelled nor postponed.
    pub takes_place: bool,
}

/// How it stands now, where so many seats are taken of what starts at `starts_at`. From its start on nobody registers.
#[must_use]
pub fn state(policy: &Policy, starts_at: DateTime<Utc>, taken: u32, now: DateTime<Utc>) -> State {
    let before_start = TimeDelta::minutes(i64::from(policy.closes_minutes_before.unwrap_or(0)));
    let closes_at = policy.closes_at.map_or(starts_at - before_start, |at| at.min(starts_at - before_start));
    if !policy.takes_place || now >= closes_at {
        State::Closed
    } else if policy.opens_at.is_some_and(|opens_at| now < opens_at) {
        State::NotYetOpen
    } else if left(policy.capacity, taken) != Some(0) {
        State::Open
    } else if policy.waitlist {
        State::Waitlist
    } else {
        State::Full
    }
}

/// Seats left; none where unlimited.
#[must_use]
pub fn left(capacity: Option<u32>, taken: u32) -> Option<u32> {
    capacity.map(|capacity| capacity.saturating_sub(taken))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const POLICY: Policy =
        Policy { opens_at: None, closes_at: None, closes_minutes_before: None, capacity: Some(2), waitlist: true, takes_place: true };

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    #[test]
    fn the_last_seat_gives_way_to_the_waiting_list() {
        assert_eq!(state(&POLICY, at(100), 1, at(0)), State::Open);
        assert_eq!(state(&POLICY, at(100), 2, at(0)), State::Waitlist);
        assert_eq!(state(&Policy { waitlist: false, ..POLICY }, at(100), 2, at(0)), State::Full);
        assert_eq!(state(&Policy { capacity: None, ..POLICY }, at(100), 2000, at(0)), State::Open);
    }

    #[test]
    fn what_comes_first_closes_registration() {
        let policy = Policy { closes_at: Some(at(90)), closes_minutes_before: Some(30), ..POLICY };
        assert_eq!(state(&policy, at(100), 0, at(69)), State::Open);
        assert_eq!(state(&policy, at(100), 0, at(70)), State::Closed);
        assert_eq!(state(&policy, at(1000), 0, at(90)), State::Closed);
    }

    #[test]
    fn nobody_registers_too_early_nor_for_what_is_off() {
        assert_eq!(state(&Policy { opens_at: Some(at(10)), ..POLICY }, at(100), 0, at(9)), State::NotYetOpen);
        assert_eq!(state(&Policy { takes_place: false, ..POLICY }, at(100), 0, at(9)), State::Closed);
        assert_eq!(state(&POLICY, at(100), 0, at(100)), State::Closed);
    }

    proptest! {
        #[test]
        fn seats_left_and_the_state_agree(capacity in 0_u32..50, taken in 0_u32..80) {
            let policy = Policy { capacity: Some(capacity), ..POLICY };
            let open = state(&policy, at(100), taken, at(0)) == State::Open;
            prop_assert_eq!(open, left(Some(capacity), taken).unwrap() > 0);
        }
    }
}
