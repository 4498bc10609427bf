//! The way of a text or an event to its readers: draft, review, scheduled, published.
//!
//! Who may publish without review publishes, now or at a moment ahead. Who may not hands in; the office publishes or returns it.
//! What was approved for later and is changed by one who may not publish is to be reviewed again.

use chrono::{DateTime, Utc};

use super::refusal::Why;

/// How far something is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// For its editors.
    Draft,
    /// Handed to the office.
    InReview,
    /// Approved, for a moment ahead.
    Scheduled,
    /// For its readers; or was, as a cancelled event.
    Published,
}

/// Where publishing leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// To its readers.
    Published,
    /// To its readers at that moment.
    Scheduled(DateTime<Utc>),
    /// To the office, with the moment that its editor wishes.
    InReview(Option<DateTime<Utc>>),
}

/// Where something goes that is published, by one who may publish without review or not, now or `at` a moment.
///
/// # Errors
/// [`Why::WrongState`] for what is published; [`Why::InThePast`] for a moment that is over.
pub fn publish(stage: Stage, needs_review: bool, at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<Next, Why> {
    if stage == Stage::Published {
        return Err(Why::WrongState);
    }
    if at.is_some_and(|at| at <= now) {
        return Err(Why::InThePast);
    }
    Ok(match (needs_review, at) {
        (true, at) => Next::InReview(at),
        (false, Some(at)) => Next::Scheduled(at),
        (false, None) => Next::Published,
    })
}

/// Where something stands once it was changed by one whose texts are reviewed or not.
#[must_use]
pub fn changed(stage: Stage, needs_review: bool) -> Stage {
    if stage == Stage::Scheduled && needs_review { Stage::InReview } else { stage }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    #[test]
    fn who_is_reviewed_hands_in_and_who_is_not_publishes() {
        let later = NOW + TimeDelta::hours(1);
        assert_eq!(publish(Stage::Draft, true, None, NOW), Ok(Next::InReview(None)));
        assert_eq!(publish(Stage::Draft, true, Some(later), NOW), Ok(Next::InReview(Some(later))));
        assert_eq!(publish(Stage::Draft, false, None, NOW), Ok(Next::Published));
        assert_eq!(publish(Stage::InReview, false, Some(later), NOW), Ok(Next::Scheduled(later)));
        assert_eq!(publish(Stage::Scheduled, false, None, NOW), Ok(Next::Published));
    }

    #[test]
    fn nothing_is_published_twice_or_in_the_past() {
        assert_eq!(publish(Stage::Published, false, None, NOW), Err(Why::WrongState));
        assert_eq!(publish(Stage::Draft, true, Some(NOW), NOW), Err(Why::InThePast));
    }

    #[test]
    fn what_was_approved_is_reviewed_again_once_it_is_changed() {
        assert_eq!(changed(Stage::Scheduled, true), Stage::InReview);
        assert_eq!(changed(Stage::Scheduled, false), Stage::Scheduled);
        assert_eq!(changed(Stage::Published, true), Stage::Published);
    }
}
