//! What is decided about memberships.

use chrono::{NaiveDate, TimeDelta};
use entity::membership;
use entity::words::MembershipDecision;

use crate::kernel::{PartialDate, Why};
use crate::organisations::rules::{Standing, standing};

/// How long what somebody wrote is kept once it is decided.
pub const KEPT: TimeDelta = TimeDelta::days(30);
/// How long an application waits for a decision before it counts as declined.
pub const WAITS: TimeDelta = TimeDelta::days(365);
/// What an application costs the client, of 3000 that fill again in 3000 seconds.
pub const COST: u32 = 100;
/// Mails to one address within a day that say that an application was received.
pub const MAILS: u64 = 3;

/// The membership that an organisation is in: it has not ended by a day.
#[must_use]
pub fn present(memberships: &[membership::Model], today: NaiveDate) -> Option<&membership::Model> {
    memberships.iter().find(|one| standing(one, today) == Standing::Active)
}

/// The application that waits for a decision.
#[must_use]
pub fn open_application(memberships: &[membership::Model]) -> Option<&membership::Model> {
    memberships.iter().find(|one| one.decision == MembershipDecision::Applied)
}

/// Whether an organisation can be a member from `joined_on` on.
///
/// # Errors
/// [`Why::WrongState`] where it is one, [`Why::EndsBeforeStart`] where it had not left by then.
pub fn can_join(memberships: &[membership::Model], joined_on: &PartialDate, today: NaiveDate) -> Result<(), Why> {
    if present(memberships, today).is_some() {
        return Err(Why::WrongState);
    }
    let admitted = memberships.iter().filter(|one| one.decision == MembershipDecision::Admitted);
    let was_in = |left_on: &str| left_on.parse().is_ok_and(|left_on: PartialDate| joined_on.is_before(&left_on));
    if admitted.filter_map(|one| one.left_on.as_deref()).any(was_in) { Err(Why::EndsBeforeStart) } else { Ok(()) }
}

/// Whether a membership can end on `left_on`.
///
/// # Errors
/// [`Why::EndsBeforeStart`] for a day before it began.
pub fn can_leave(membership: &membership::Model, left_on: &PartialDate) -> Result<(), Why> {
    let joined_on = membership.joined_on.as_deref().and_then(|day| day.parse::<PartialDate>().ok());
    if joined_on.is_some_and(|joined_on| left_on.is_before(&joined_on)) { Err(Why::EndsBeforeStart) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use entity::id::{MembershipId, OrganisationId};
    use uuid::Uuid;

    use super::*;

    fn period(joined_on: &str, left_on: Option<&str>) -> membership::Model {
        membership::Model {
            id: MembershipId(Uuid::nil()),
            organisation_id: OrganisationId(Uuid::nil()),
            decision: MembershipDecision::Admitted,
            applied_on: None,
            joined_on: Some(joined_on.to_owned()),
            left_on: left_on.map(str::to_owned),
            is_founding: false,
            created_at: DateTime::<Utc>::UNIX_EPOCH,
        }
    }

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn who_left_joins_again_and_nobody_joins_twice() {
        let today = NaiveDate::from_ymd_opt(2022, 5, 18).unwrap();
        let left = [period("2015", Some("2021-03"))];
        assert_eq!(can_join(&left, &date("2022-05-18"), today), Ok(()));
        assert_eq!(can_join(&left, &date("2021"), today), Ok(()), "it may have been later in that year");
        assert_eq!(can_join(&left, &date("2021-02-28"), today), Err(Why::EndsBeforeStart));
        assert_eq!(can_join(&[period("2015", None)], &date("2022"), today), Err(Why::WrongState));
    }

    #[test]
    fn nobody_leaves_before_they_came() {
        assert_eq!(can_leave(&period("2015-06", None), &date("2015-05-31")), Err(Why::EndsBeforeStart));
        assert_eq!(can_leave(&period("2015-06", None), &date("2015")), Ok(()));
        assert_eq!(can_leave(&period("2015-06", None), &date("2022-12-31")), Ok(()));
    }
}
