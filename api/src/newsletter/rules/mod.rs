//! Decisions about newsletters: the way of an issue, what is wrong with one, its cards; and here, when something is sent, tried
//! again, or given up.

pub mod card;
pub mod flaw;
pub mod pace;
pub mod way;

pub mod returning;

use chrono::{DateTime, TimeDelta, Utc};

/// Days in which a request is to be confirmed.
pub const DAYS_TO_CONFIRM: i64 = 7;

/// How long an address that was asked to confirm is not asked again.
pub const BETWEEN_REQUESTS: TimeDelta = TimeDelta::minutes(10);

/// How long after the first attempt a delivery is given up.
const PATIENCE: TimeDelta = TimeDelta::hours(72);

/// When a delivery that was put off for the `attempts`th time, counted from 1, is tried again: after 1 minute, 5 minutes, 15
/// minutes, 1 hour, then every 4 hours; none once it is 72 hours since sending started.
#[must_use]
pub fn next_attempt(attempts: i32, started_at: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    Some(now + pause(attempts)).filter(|at| *at <= started_at + PATIENCE)
}

/// How long one waits the `times`th time, counted from 1.
fn pause(times: i32) -> TimeDelta {
    match times {
        ..=1 => TimeDelta::minutes(1),
        2 => TimeDelta::minutes(5),
        3 => TimeDelta::minutes(15),
        4 => TimeDelta::hours(1),
        _ => TimeDelta::hours(4),
    }
}

/// Refusals after which an address is given up that a server refuses without saying that it is gone for good.
const REFUSALS: usize = 3;

/// Days over which they are spread at least.
const DAYS_OF_REFUSALS: i64 = 14;

/// Whether an address is given up that was refused at these moments, in order, and none of them said that it is gone for good: its
/// mailbox may be full, or its server in trouble.
#[must_use]
pub fn is_given_up(refused_at: &[DateTime<Utc>]) -> bool {
    let (Some(first), Some(last)) = (refused_at.first(), refused_at.last()) else { return false };
    refused_at.len() >= REFUSALS && *last - *first >= TimeDelta::days(DAYS_OF_REFUSALS)
}

/// Whether a request can still be confirmed.
#[must_use]
pub fn can_be_confirmed(requested_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now < requested_at + TimeDelta::days(DAYS_TO_CONFIRM)
}

/// Whether the mail by which an address was last asked, if it ever was, named a request: one that came before it, and after the
/// reader last left.
#[must_use]
pub fn is_named(requested_at: DateTime<Utc>, asked_at: Option<DateTime<Utc>>, ended_at: Option<DateTime<Utc>>) -> bool {
    asked_at.is_some_and(|asked_at| requested_at <= asked_at) && ended_at.is_none_or(|ended_at| requested_at >= ended_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_that_is_put_off_is_tried_for_three_days_ever_less_often() {
        let start = DateTime::UNIX_EPOCH;
        let (mut now, mut attempts, mut waits) = (start, 0, Vec::new());
        while let Some(next) = next_attempt(attempts + 1, start, now) {
            waits.push((next - now).num_minutes());
            (now, attempts) = (next, attempts + 1);
        }
        assert_eq!(waits[..6], [1, 5, 15, 60, 240, 240]);
        assert!(waits.iter().skip(4).all(|wait| *wait == 240));
        assert!(now - start <= TimeDelta::hours(72) && now - start > TimeDelta::hours(67));
    }

    #[test]
    fn an_address_that_is_refused_for_no_lasting_reason_is_given_up_after_three_times_over_two_weeks() {
        let on = |days: &[i64]| is_given_up(&days.iter().map(|day| DateTime::UNIX_EPOCH + TimeDelta::days(*day)).collect::<Vec<_>>());
        assert!(on(&[0, 7, 14]) && on(&[0, 1, 2, 30]));
        assert!(!on(&[]) && !on(&[0, 30]) && !on(&[0, 7, 13]));
    }

    #[test]
    fn a_request_is_to_be_confirmed_within_a_week() {
        let start = DateTime::UNIX_EPOCH;
        assert!(can_be_confirmed(start, start + TimeDelta::days(7) - TimeDelta::seconds(1)));
        assert!(!can_be_confirmed(start, start + TimeDelta::days(7)));
    }
}
