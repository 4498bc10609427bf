//! What becomes of an event once it is published: it takes place, is postponed, or is cancelled.

use entity::words::EventStatus;

use crate::kernel::Why;
use crate::kernel::publication::Stage;

/// How far an event is on its way to its public.
#[must_use]
pub fn stage(status: EventStatus) -> Stage {
    match status {
        EventStatus::Draft => Stage::Draft,
        EventStatus::InReview => Stage::InReview,
        EventStatus::Scheduled => Stage::Scheduled,
        EventStatus::Published | EventStatus::Postponed | EventStatus::Cancelled => Stage::Published,
    }
}

/// Whether its public knows of it.
#[must_use]
pub fn is_out(status: EventStatus) -> bool {
    stage(status) == Stage::Published
}

/// A turn in the course of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It does not take place.
    Cancel,
    /// It takes place at a time not yet known.
    Postpone,
    /// It takes place after all, at the time that it has.
    Reinstate,
}

/// Where a turn leads; none where it is there already.
///
/// # Errors
/// [`Why::WrongState`] for what its public does not know, and for postponing what is cancelled.
pub fn turn(status: EventStatus, turn: Turn) -> Result<Option<EventStatus>, Why> {
    let next = match turn {
        Turn::Cancel => EventStatus::Cancelled,
        Turn::Postpone => EventStatus::Postponed,
        Turn::Reinstate => EventStatus::Published,
    };
    match (status, turn) {
        (status, _) if !is_out(status) => Err(Why::WrongState),
        (EventStatus::Cancelled, Turn::Postpone) => Err(Why::WrongState),
        (status, _) if status == next => Ok(None),
        _ => Ok(Some(next)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_knows_of_is_not_cancelled_and_what_is_cancelled_comes_back() {
        assert_eq!(turn(EventStatus::Draft, Turn::Cancel), Err(Why::WrongState));
        assert_eq!(turn(EventStatus::Published, Turn::Cancel), Ok(Some(EventStatus::Cancelled)));
        assert_eq!(turn(EventStatus::Cancelled, Turn::Cancel), Ok(None));
        assert_eq!(turn(EventStatus::Cancelled, Turn::Postpone), Err(Why::WrongState));
        assert_eq!(turn(EventStatus::Postponed, Turn::Reinstate), Ok(Some(EventStatus::Published)));
    }
}
