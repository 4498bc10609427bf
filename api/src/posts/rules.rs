//! What is decided about posts.

use entity::words::PostStatus;

use crate::kernel::publication::Stage;

/// How far a post is on its way to its readers.
#[must_use]
pub fn stage(status: PostStatus) -> Stage {
    match status {
        PostStatus::Draft => Stage::Draft,
        PostStatus::InReview => Stage::InReview,
        PostStatus::Scheduled => Stage::Scheduled,
        PostStatus::Published => Stage::Published,
    }
}

/// Words that a reader reads in a minute.
const WORDS_A_MINUTE: u32 = 200;

/// Minutes to read a post: as its editor gave it, else computed from its words, rounded up, at least 1.
#[must_use]
pub fn reading_minutes(given: Option<i32>, words: i32) -> i32 {
    given.unwrap_or_else(|| {
        let minutes = u32::try_from(words).unwrap_or(0).div_ceil(WORDS_A_MINUTE).max(1);
        i32::try_from(minutes).unwrap_or(i32::MAX)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_time_is_rounded_up_and_at_least_a_minute() {
        for (words, minutes) in [(0, 1), (200, 1), (201, 2), (1000, 5)] {
            assert_eq!(reading_minutes(None, words), minutes);
        }
        assert_eq!(reading_minutes(Some(6), 10), 6);
    }
}
