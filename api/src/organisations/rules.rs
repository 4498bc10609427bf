//! What is decided about organisations.

use chrono::NaiveDate;
use entity::membership;
use entity::words::MembershipDecision;

use crate::kernel::PartialDate;

/// How an organisation stands to the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It applied, and nothing is decided.
    Applied,
    /// It is a member, or will be on the day it was admitted from.
    Active,
    /// It was a member.
    Ended,
    /// Its application was declined.
    Declined,
}

/// How a membership stands on a day.
#[must_use]
pub fn standing(membership: &membership::Model, today: NaiveDate) -> Standing {
    let has_ended = |left_on: &str| left_on.parse().is_ok_and(|left_on: PartialDate| !left_on.has_not_ended_before(today));
    match membership.decision {
        MembershipDecision::Applied => Standing::Applied,
        MembershipDecision::Declined => Standing::Declined,
        MembershipDecision::Admitted if membership.left_on.as_deref().is_some_and(has_ended) => Standing::Ended,
        MembershipDecision::Admitted => Standing::Active,
    }
}

/// The membership to show of several: the current one, else the latest to have been entered.
#[must_use]
pub fn current(memberships: &[membership::Model], today: NaiveDate) -> Option<&membership::Model> {
    let active = |one: &&membership::Model| standing(one, today) == Standing::Active;
    memberships.iter().rfind(active).or(memberships.last())
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

    #[test]
    fn a_membership_counts_to_its_last_day() {
        let membership = period("2018-05", Some("2023-02"));
        assert_eq!(standing(&membership, "2023-02-28".parse().unwrap()), Standing::Active);
        assert_eq!(standing(&membership, "2023-03-01".parse().unwrap()), Standing::Ended);
    }

    #[test]
    fn who_came_back_is_shown_with_the_current_membership() {
        let periods = [period("2012", Some("2015")), period("2020", None)];
        assert_eq!(current(&periods, "2022-05-18".parse().unwrap()), Some(&periods[1]));
    }
}
