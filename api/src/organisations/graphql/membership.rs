//! Membership in GraphQL.

use async_graphql::SimpleObject;
use chrono::NaiveDate;
use entity::membership;

use super::words::MembershipStatus;
use crate::gql::scalars::PartialDate;
use crate::organisations::rules;

/// One period of an organisation in the network.
#[derive(Clone, Debug, SimpleObject)]
pub struct Membership {
    /// How it stands today.
    status: MembershipStatus,
    /// When it applied, as precisely as known.
    applied_on: Option<PartialDate>,
    /// Since when it is a member, as precisely as known.
    joined_on: Option<PartialDate>,
    /// Until when it was a member, as precisely as known.
    left_on: Option<PartialDate>,
    /// Whether it founded the network.
    is_founding: bool,
}

impl Membership {
    /// A membership as it stands on a day.
    #[must_use]
    pub fn on(today: NaiveDate, row: &membership::Model) -> Self {
        let date = |text: &Option<String>| text.clone().map(PartialDate::from);
        Self {
            status: rules::standing(row, today).into(),
            applied_on: date(&row.applied_on),
            joined_on: date(&row.joined_on),
            left_on: date(&row.left_on),
            is_founding: row.is_founding,
        }
    }
}
