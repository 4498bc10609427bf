//! How long invitations last, and how many there may be.

use chrono::{DateTime, TimeDelta, Utc};
use entity::invitation;

/// How long an invitation can be accepted.
pub const GOOD_FOR: TimeDelta = TimeDelta::days(14);
/// How long one that was accepted, or is over, is remembered: its link says so.
pub const REMEMBERED: TimeDelta = TimeDelta::days(30);
/// Invitations of one organisation that are not accepted yet.
pub const MOST: u64 = 100;
/// What an invitation costs the client, of 3000 that fill again in 3000 seconds: 60 mails at once, and then one in 50 seconds.
pub const COST: u32 = 50;

/// Whether an invitation can be accepted.
#[must_use]
pub fn is_open(invitation: &invitation::Model, now: DateTime<Utc>) -> bool {
    invitation.accepted_at.is_none() && now < invitation.expires_at
}

#[cfg(test)]
mod tests {
    use entity::id::{InvitationId, OrganisationId};
    use uuid::Uuid;

    use super::*;
    use crate::access::viewer::EDITING;

    #[test]
    fn it_is_open_until_it_is_accepted_or_its_time_is_over() {
        let invited = DateTime::UNIX_EPOCH;
        let invitation = invitation::Model {
            id: InvitationId(Uuid::nil()),
            organisation_id: OrganisationId(Uuid::nil()),
            email: "amal@example.org".to_owned(),
            role: EDITING[1],
            locale: "de".to_owned(),
            token_hash: None,
            created_at: invited,
            expires_at: invited + GOOD_FOR,
            accepted_at: None,
        };
        assert!(is_open(&invitation, invited) && is_open(&invitation, invited + GOOD_FOR - TimeDelta::microseconds(1)));
        assert!(!is_open(&invitation, invited + GOOD_FOR));
        assert!(!is_open(&invitation::Model { accepted_at: Some(invited), ..invitation }, invited));
    }
}
