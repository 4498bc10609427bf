//! Whatever people and organisers do, in whatever order, the seats and the line stay sound.

use chrono::{DateTime, TimeDelta, Utc};
use entity::words::RegistrationStatus;
use proptest::prelude::*;

use super::admission::{self, admit, holds_seats, is_standing};
use super::approval::{self, approve};
use super::line::{Waiting, moving_up};
use super::resize::{self, resize};
use crate::events::offer::Offer;
use crate::events::rules::seats::{Policy, left};

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;
const MOST: u32 = 5;

#[derive(Clone, Copy, Debug)]
struct One {
    status: RegistrationStatus,
    seats: u32,
    number: u32,
    is_approved: bool,
}

/// What somebody does; who is meant is counted round.
#[derive(Clone, Debug)]
enum Step {
    Register(u32),
    Cancel(usize),
    Resize(usize, u32, bool),
    Approve(usize),
    Decline(usize),
    Capacity(Option<u32>),
}

/// A pool, as the use cases keep it.
#[derive(Clone, Debug)]
struct Pool {
    capacity: Option<u32>,
    waitlist: bool,
    needs_approval: bool,
    pending_holds_seats: bool,
    all: Vec<One>,
    last_number: u32,
}

impl Pool {
    fn offer(&self) -> Offer {
        let policy = Policy {
            opens_at: None,
            closes_at: None,
            closes_minutes_before: None,
            capacity: self.capacity,
            waitlist: self.waitlist,
            takes_place: true,
        };
        Offer { policy, starts_at: NOW + TimeDelta::days(1) }
    }

    fn taken(&self) -> u32 {
        self.all.iter().filter(|one| holds_seats(one.status, self.pending_holds_seats)).map(|one| one.seats).sum()
    }

    fn line(&self) -> Vec<Waiting<usize>> {
        let mut line: Vec<(u32, Waiting<usize>)> = Vec::new();
        for (id, one) in self.all.iter().enumerate().filter(|(_, one)| one.status == RegistrationStatus::Waitlisted) {
            line.push((one.number, Waiting { id, seats: one.seats }));
        }
        line.sort_by_key(|(number, _)| *number);
        line.into_iter().map(|(_, waiting)| waiting).collect()
    }

    fn let_move_up(&mut self) {
        for waiting in moving_up(left(self.capacity, self.taken()), &self.line()) {
            let one = &mut self.all[waiting.id];
            let is_asked = self.needs_approval && !one.is_approved;
            one.status = if is_asked { RegistrationStatus::Pending } else { RegistrationStatus::Confirmed };
        }
    }

    fn take(&mut self, step: &Step) {
        let who = |at: usize| (!self.all.is_empty()).then(|| at % self.all.len());
        match *step {
            Step::Register(seats) => {
                let request = admission::Request {
                    seats,
                    most: MOST,
                    needs_approval: self.needs_approval,
                    pending_holds_seats: self.pending_holds_seats,
                };
                if let Ok(status) = admit(&self.offer(), self.taken(), &request, NOW) {
                    self.last_number += 1;
                    self.all.push(One { status, seats, number: self.last_number, is_approved: false });
                }
            }
            Step::Cancel(at) => {
                if let Some(at) = who(at).filter(|at| is_standing(self.all[*at].status)) {
                    self.all[at].status = RegistrationStatus::Cancelled;
                    self.let_move_up();
                }
            }
            Step::Decline(at) => {
                let is_asked = |one: &One| matches!(one.status, RegistrationStatus::Pending | RegistrationStatus::Waitlisted);
                if let Some(at) = who(at).filter(|at| is_asked(&self.all[*at])) {
                    self.all[at].status = RegistrationStatus::Declined;
                    self.let_move_up();
                }
            }
            Step::Resize(at, wanted, is_organiser) => {
                let Some(at) = who(at).filter(|at| is_standing(self.all[*at].status)) else { return };
                let One { status, seats, .. } = self.all[at];
                let pending_holds_seats = self.pending_holds_seats;
                let request = resize::Request { status, seats, wanted, most: MOST, pending_holds_seats, is_organiser };
                if resize(&self.offer(), self.taken(), &request, NOW).is_ok() {
                    self.all[at].seats = wanted;
                    if wanted < seats {
                        self.let_move_up();
                    }
                }
            }
            Step::Approve(at) => {
                let Some(at) = who(at) else { return };
                let One { status, seats, .. } = self.all[at];
                let request = approval::Request { status, seats, pending_holds_seats: self.pending_holds_seats };
                if let Ok(decided) = approve(&self.offer().policy, self.taken(), request) {
                    if decided == RegistrationStatus::Waitlisted && status == RegistrationStatus::Pending {
                        self.last_number += 1;
                        self.all[at].number = self.last_number;
                    }
                    (self.all[at].status, self.all[at].is_approved) = (decided, true);
                }
            }
            Step::Capacity(capacity) => {
                self.capacity = capacity;
                self.let_move_up();
            }
        }
    }
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (1..MOST + 2).prop_map(Step::Register),
        2 => any::<usize>().prop_map(Step::Cancel),
        3 => (any::<usize>(), 1..MOST + 2, any::<bool>()).prop_map(|(at, wanted, is_organiser)| Step::Resize(at, wanted, is_organiser)),
        2 => any::<usize>().prop_map(Step::Approve),
        1 => any::<usize>().prop_map(Step::Decline),
        1 => prop::option::weighted(0.9, 0_u32..15).prop_map(Step::Capacity),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn nobody_has_a_seat_that_is_not_there_and_nobody_waits_past_seats_that_would_do(
        capacity in 0_u32..12, waitlist: bool, needs_approval: bool, pending_holds_seats: bool, steps in prop::collection::vec(step(), 1..40)
    ) {
        let mut pool =
            Pool { capacity: Some(capacity), waitlist, needs_approval, pending_holds_seats, all: Vec::new(), last_number: 0 };
        for step in &steps {
            let before = pool.clone();
            pool.take(step);
            let taken = pool.taken();
            // Where an organiser takes seats away that are given, nobody loses theirs, and nobody gets any.
            prop_assert!(pool.capacity.is_none_or(|capacity| taken <= capacity) || taken <= before.taken(), "{step:?} of {before:?}");
            let left = left(pool.capacity, taken);
            let line = pool.line();
            prop_assert!(line.iter().all(|waiting| left.is_some_and(|left| waiting.seats > left)), "{step:?} of {before:?}");
            // Each has a place of their own, and nobody who stays in line falls back behind another.
            let order = |pool: &Pool| pool.line().iter().map(|waiting| waiting.id).collect::<Vec<_>>();
            let stayed: Vec<usize> = order(&before).into_iter().filter(|id| order(&pool).contains(id)).collect();
            prop_assert!(order(&pool).starts_with(&stayed), "{step:?} of {before:?}");
            let mut numbers: Vec<u32> = pool.all.iter().map(|one| one.number).collect();
            numbers.sort_unstable();
            numbers.dedup();
            prop_assert_eq!(numbers.len(), pool.all.len());
        }
    }
}
