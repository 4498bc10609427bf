//! When something is sent, tried again, or given up.

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
    let wait = match attempts {
        ..=1 => TimeDelta::minutes(1),
        2 => TimeDelta::minutes(5),
        3 => TimeDelta::minutes(15),
        4 => TimeDelta::hours(1),
        _ => TimeDelta::hours(4),
    };
    Some(now + wait).filter(|at| *at <= started_at + PATIENCE)
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
    fn a_request_is_to_be_confirmed_within_a_week() {
        let start = DateTime::UNIX_EPOCH;
        assert!(can_be_confirmed(start, start + TimeDelta::days(7) - TimeDelta::seconds(1)));
        assert!(!can_be_confirmed(start, start + TimeDelta::days(7)));
    }
}
