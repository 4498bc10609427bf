//! When a code is judged, and how long things last.

use chrono::{DateTime, TimeDelta, Utc};

/// How long a code and a link are good for, from when they were mailed.
pub const GOOD_FOR: TimeDelta = TimeDelta::minutes(15);
/// Mails to one address within [`MAILS_WITHIN`].
pub const MAILS: u64 = 5;
/// The time in which mails to one address are counted.
pub const MAILS_WITHIN: TimeDelta = TimeDelta::hours(1);
/// Wrong codes that are judged for one address before none is.
pub const TRIES: i32 = 5;
/// How long a session lasts from its last use.
pub const SESSION: TimeDelta = TimeDelta::days(30);
/// How exactly it is noted when something was last used.
pub const NOTED_EVERY: TimeDelta = TimeDelta::hours(1);
/// Access tokens of one person.
pub const ACCESS_TOKENS: u64 = 100;

/// What a request costs the client, of 3000 that fill again in 3000 seconds.
pub const COST_OF_ASKING: u32 = 1;
/// What a mail and a wrong code cost beyond that: 60 at once, and then one in 50 seconds.
pub const COST_OF_ABUSE: u32 = 49;

/// Wrong codes that count now: those judged with less than 15 minutes between them. So within the life of any code no more than
/// [`TRIES`] are judged.
#[must_use]
pub fn tries_that_count(tries: i32, tried_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> i32 {
    if tried_at.is_some_and(|tried_at| now - tried_at < GOOD_FOR) { tries } else { 0 }
}

/// Whether the use of something that was last used then is to be noted.
#[must_use]
pub fn is_to_be_noted(last_used_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    last_used_at.is_none_or(|last_used_at| now - last_used_at >= NOTED_EVERY)
}

/// A code as it was mailed, of what was typed: `123 456`; none where it cannot be one.
#[must_use]
pub fn code_of(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').take(7).collect();
    (digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_may_be_typed_in_two_parts() {
        for typed in ["123456", " 123 456\n", "123-456"] {
            assert_eq!(code_of(typed).as_deref(), Some("123456"));
        }
        for typed in ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "123456123456"] {
            assert_eq!(code_of(typed), None, "{typed}");
        }
    }

    #[test]
    fn use_is_noted_once_an_hour() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(1);
        assert!(is_to_be_noted(None, now) && is_to_be_noted(Some(now - NOTED_EVERY), now));
        assert!(!is_to_be_noted(Some(now - TimeDelta::minutes(59)), now));
    }

    proptest! {
        #[test]
        fn no_more_than_five_are_judged_within_the_life_of_any_code(gaps in prop::collection::vec(0_i64..1200, 1..60)) {
            let (mut now, mut tries, mut tried_at, mut judged) = (DateTime::UNIX_EPOCH, 0, None, Vec::new());
            for gap in gaps {
                now += TimeDelta::seconds(gap);
                let count = tries_that_count(tries, tried_at, now);
                if count < TRIES {
                    (tries, tried_at) = (count + 1, Some(now));
                    judged.push(now);
                }
            }
            for from in &judged {
                prop_assert!(judged.iter().filter(|at| **at >= *from && **at < *from + GOOD_FOR).count() <= 5);
            }
        }
    }
}
