//! The counts of a pool that is locked, as registrations take and give back their seats.

use entity::seat_pool;
use entity::words::RegistrationStatus;

use crate::registrations::rules::admission::holds_seats;

/// Counts in the seats of a registration that gets this status.
pub fn count_in(pool: &mut seat_pool::Model, status: RegistrationStatus, seats: i32, pending_holds_seats: bool) {
    add(pool, status, seats, pending_holds_seats);
}

/// Counts out the seats of a registration that had this status.
pub fn count_out(pool: &mut seat_pool::Model, status: RegistrationStatus, seats: i32, pending_holds_seats: bool) {
    add(pool, status, -seats, pending_holds_seats);
}

fn add(pool: &mut seat_pool::Model, status: RegistrationStatus, seats: i32, pending_holds_seats: bool) {
    if holds_seats(status, pending_holds_seats) {
        pool.taken += seats;
    } else if status == RegistrationStatus::Waitlisted {
        pool.waiting += seats;
    }
}
