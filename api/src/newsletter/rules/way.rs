//! The way of an issue to its readers: what may be done to it, and what comes of that.

use chrono::{DateTime, Utc};
use entity::words::{NewsletterIssueStatus as Status, Visibility};

use crate::kernel::Why;

/// What becomes of an issue that somebody sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It goes out now.
    Now,
    /// It goes out at a moment ahead.
    At(DateTime<Utc>),
    /// It is on its way already, or has arrived: nothing changes.
    Already,
}

/// What becomes of an issue that is sent, now or at a moment ahead.
///
/// # Errors
/// [`Why::WrongState`] for one that was given up or stopped, and for one that went out and is to go out later; [`Why::InThePast`].
pub fn send(status: Status, at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<Sent, Why> {
    match (status, at) {
        (Status::Draft | Status::Scheduled, None) => Ok(Sent::Now),
        (Status::Draft | Status::Scheduled, Some(at)) if at > now => Ok(Sent::At(at)),
        (Status::Draft | Status::Scheduled, Some(_)) => Err(Why::InThePast),
        (Status::Sending | Status::Sent, None) => Ok(Sent::Already),
        (Status::Sending | Status::Sent, Some(_)) | (Status::Paused | Status::Cancelled, _) => Err(Why::WrongState),
    }
}

/// Whether an issue can still be changed: nobody has it, and nobody is about to get another text than the others.
#[must_use]
pub fn can_be_changed(status: Status, started_at: Option<DateTime<Utc>>) -> bool {
    started_at.is_none() && matches!(status, Status::Draft | Status::Scheduled | Status::Paused)
}

/// Whether an issue can be deleted: nobody got it, or waits for it.
#[must_use]
pub fn can_be_deleted(status: Status, started_at: Option<DateTime<Utc>>) -> bool {
    started_at.is_none() && matches!(status, Status::Draft | Status::Cancelled)
}

/// Whether an issue can be given up.
#[must_use]
pub fn can_be_cancelled(status: Status) -> bool {
    matches!(status, Status::Scheduled | Status::Sending | Status::Paused)
}

/// Whether something that this visibility lets in may be shown to all whom the other lets in: members see what is for everybody, and
/// nobody else what is for members.
#[must_use]
pub fn is_as_narrow(one: Visibility, other: Visibility) -> bool {
    let rank = |visibility: Visibility| match visibility {
        Visibility::Public => 0,
        Visibility::Unlisted => 1,
        Visibility::Members => 2,
        Visibility::Hosts => 3,
    };
    rank(one) >= rank(other)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    const ALL: [Status; 6] = [Status::Draft, Status::Scheduled, Status::Sending, Status::Paused, Status::Sent, Status::Cancelled];

    #[test]
    fn a_second_send_changes_nothing_and_what_was_given_up_stays() {
        let now = DateTime::UNIX_EPOCH;
        let ways: Vec<_> = ALL.into_iter().map(|status| send(status, None, now)).collect();
        let no = Err(Why::WrongState);
        assert_eq!(ways, [Ok(Sent::Now), Ok(Sent::Now), Ok(Sent::Already), no, Ok(Sent::Already), no]);
    }

    #[test]
    fn what_is_to_go_out_later_can_be_moved_until_then_and_not_into_the_past() {
        let now = DateTime::UNIX_EPOCH;
        let later = now + TimeDelta::hours(1);
        assert_eq!(send(Status::Draft, Some(later), now), Ok(Sent::At(later)));
        assert_eq!(send(Status::Scheduled, Some(later), now), Ok(Sent::At(later)));
        assert_eq!(send(Status::Scheduled, Some(now), now), Err(Why::InThePast));
        assert_eq!(send(Status::Sending, Some(later), now), Err(Why::WrongState));
    }

    #[test]
    fn what_somebody_has_is_neither_changed_nor_deleted() {
        for status in ALL {
            let begun = Some(DateTime::UNIX_EPOCH);
            assert!(!can_be_changed(status, begun) && !can_be_deleted(status, begun));
        }
        assert!(can_be_changed(Status::Draft, None) && can_be_changed(Status::Scheduled, None));
        assert!(can_be_deleted(Status::Cancelled, None) && !can_be_deleted(Status::Scheduled, None));
    }

    #[test]
    fn an_issue_is_for_no_more_people_than_its_newsletter() {
        assert!(is_as_narrow(Visibility::Members, Visibility::Public) && is_as_narrow(Visibility::Unlisted, Visibility::Unlisted));
        assert!(!is_as_narrow(Visibility::Public, Visibility::Members));
    }
}
