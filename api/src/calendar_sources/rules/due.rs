//! When to ask next.

use chrono::{DateTime, TimeDelta, Utc};

/// How often a calendar is asked for that can be had.
const EVERY: TimeDelta = TimeDelta::hours(4);
/// How soon again after the first failure; each further one doubles it.
const FIRST: TimeDelta = TimeDelta::minutes(30);
/// However often it failed, it is asked for once a day.
const SELDOM: TimeDelta = TimeDelta::hours(24);

/// When to ask next, after so many failures one behind the other. `chance` spreads those out that were set together, over up to a quarter
/// of the time.
#[must_use]
pub fn due_after(now: DateTime<Utc>, failures: i32, chance: u8) -> DateTime<Utc> {
    let wait = match failures {
        ..=0 => EVERY,
        some => SELDOM.min(FIRST * 2_i32.pow(u32::try_from(some - 1).unwrap_or(0).min(10))),
    };
    now + wait + wait * i32::from(chance) / (4 * 256)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_fails_is_asked_ever_more_seldom_and_never_less_than_once_in_thirty_hours() {
        let now = DateTime::UNIX_EPOCH;
        let minutes = |failures, chance| (due_after(now, failures, chance) - now).num_minutes();
        assert_eq!([0, 1, 2, 3, 6, 7, 1000].map(|failures| minutes(failures, 0)), [240, 30, 60, 120, 960, 1440, 1440]);
        assert_eq!((minutes(0, 128), minutes(0, 255), minutes(1000, 255)), (270, 299, 1798));
    }
}
