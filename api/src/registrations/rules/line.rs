//! Who moves up when seats come free.
//!
//! The line is gone through from its head, and everybody whose party fits into what is left moves up. So nobody waits past free
//! seats that would do, and of two who would fit the earlier one gets them; a large party at the head does not hold up the rest.

/// Somebody in line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting<Id> {
    /// Who.
    pub id: Id,
    /// Seats wanted.
    pub seats: u32,
}

/// Who of the line, first in line first, moves up where so many seats are left; none is unlimited.
pub fn moving_up<Id: Copy>(left: Option<u32>, line: &[Waiting<Id>]) -> Vec<Waiting<Id>> {
    let mut left = left.unwrap_or(u32::MAX);
    let mut moving = Vec::new();
    for waiting in line {
        if waiting.seats <= left {
            left -= waiting.seats;
            moving.push(*waiting);
        }
    }
    moving
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(seats: &[u32]) -> Vec<Waiting<usize>> {
        seats.iter().enumerate().map(|(id, seats)| Waiting { id, seats: *seats }).collect()
    }

    fn moving(left: Option<u32>, seats: &[u32]) -> Vec<usize> {
        moving_up(left, &line(seats)).into_iter().map(|waiting| waiting.id).collect()
    }

    #[test]
    fn the_first_who_fit_move_up() {
        assert_eq!(moving(Some(1), &[1, 1]), [0]);
        assert_eq!(moving(Some(2), &[4, 1, 2, 1]), [1, 3]);
        assert_eq!(moving(Some(0), &[1]), [0_usize; 0]);
        assert_eq!(moving(None, &[9, 9]), [0, 1]);
    }

    proptest! {
        #[test]
        fn nobody_who_fits_stays_behind_and_no_seat_is_given_twice(left in 0_u32..30, seats in prop::collection::vec(1_u32..6, 0..12)) {
            let line = line(&seats);
            let moving = moving_up(Some(left), &line);
            let given: u32 = moving.iter().map(|waiting| waiting.seats).sum();
            prop_assert!(given <= left);
            let staying = line.iter().filter(|waiting| !moving.contains(waiting));
            prop_assert!(staying.into_iter().all(|waiting| waiting.seats > left - given));
        }
    }
}
