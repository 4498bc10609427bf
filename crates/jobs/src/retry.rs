//! How often and after how long something is tried again.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use entity::id::JobId;

/// How a job that failed is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// How often it is tried at all, at least once. An attempt counts from when it is begun, however it ends.
    pub attempts: u32,
    /// How long to wait after the first failure.
    pub first: Duration,
    /// How many times longer to wait after every further one.
    pub factor: u32,
    /// How long to wait at most, but for the spread.
    pub longest: Duration,
}

impl Retry {
    /// Ten attempts within 16 to 20 hours: after 10 seconds, 30 seconds, … 6 hours.
    pub const USUAL: Self = Self { attempts: 10, first: Duration::from_secs(10), factor: 3, longest: Duration::from_secs(6 * 60 * 60) };

    /// One attempt.
    pub const NEVER: Self = Self { attempts: 1, first: Duration::ZERO, factor: 1, longest: Duration::ZERO };

    /// Whether this many attempts are all.
    pub(crate) fn is_over_after(&self, attempts: i32) -> bool {
        u32::try_from(attempts).is_ok_and(|attempts| attempts >= self.attempts)
    }

    /// How long to wait after this many attempts: up to a quarter longer than reckoned, so that what failed together does not
    /// come back together. The spread is drawn from the job's id, which is random, and so is the same whoever asks.
    pub(crate) fn wait(&self, job: JobId, attempts: i32) -> Duration {
        let further = u32::try_from(attempts).unwrap_or(0).saturating_sub(1);
        let wait = self.first.saturating_mul(self.factor.saturating_pow(further)).min(self.longest);
        let mut hasher = DefaultHasher::new();
        (job, attempts).hash(&mut hasher);
        // Wide enough to be a spread, and small enough not to overflow.
        let part = u32::try_from(hasher.finish() % 1_000).unwrap_or(0);
        wait.saturating_add(wait / 4_000 * part)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn waits_grow_to_the_longest_and_are_spread() {
        let seconds = [10, 30, 90, 270, 810, 2_430, 7_290, 21_600, 21_600];
        for (attempts, seconds) in (1..).zip(seconds) {
            let least = Duration::from_secs(seconds);
            let waits: Vec<Duration> = (0..50).map(|job| Retry::USUAL.wait(JobId(Uuid::from_u128(job)), attempts)).collect();
            assert!(waits.iter().all(|wait| (least..=least * 5 / 4).contains(wait)), "{attempts}: {waits:?}");
            assert!(waits.iter().any(|wait| wait > &(least * 9 / 8)) && waits.iter().any(|wait| wait < &(least * 9 / 8)));
        }
    }

    #[test]
    fn no_number_of_attempts_is_too_large_to_reckon_with() {
        let endless = Retry { attempts: u32::MAX, first: Duration::MAX, factor: u32::MAX, longest: Duration::MAX };
        assert_eq!(endless.wait(JobId(Uuid::nil()), i32::MAX), Duration::MAX);
        assert!(!endless.is_over_after(i32::MAX));
        assert!(Retry::NEVER.is_over_after(1));
        assert!(!Retry::USUAL.is_over_after(9) && Retry::USUAL.is_over_after(10));
    }
}
