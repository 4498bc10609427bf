//! Whether to believe a calendar that events are gone.

use chrono::TimeDelta;

/// Until something is believed to be gone: it was missing at a second look, too.
const FEW: TimeDelta = TimeDelta::hours(3);
/// The same where most of it is gone together, as when a program there is broken.
const MOST: TimeDelta = TimeDelta::days(3);

/// For how long what is missing must have been so before it is withdrawn here; none where that is never believed. `awaited` are those
/// ahead of us that the calendar once had, `missing` those of them that it has no more, and `is_empty` whether it says nothing at all.
#[must_use]
pub fn believed_after(awaited: usize, missing: usize, is_empty: bool) -> Option<TimeDelta> {
    match (is_empty, missing * 2 > awaited) {
        (true, _) => None,
        (false, true) => Some(MOST),
        (false, false) => Some(FEW),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_many_is_believed_soon_most_of_them_late_and_silence_never() {
        assert_eq!(believed_after(8, 1, false), Some(FEW));
        assert_eq!(believed_after(8, 4, false), Some(FEW));
        assert_eq!(believed_after(8, 5, false), Some(MOST));
        assert_eq!(believed_after(1, 1, false), Some(MOST));
        assert_eq!(believed_after(8, 8, true), None);
    }
}
