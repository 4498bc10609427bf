//! The words of the schema about organisations.

use async_graphql::Enum;

use crate::organisations::rules::Standing;

/// What an organisation is in the network's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::OrganisationKind")]
pub enum OrganisationKind {
    /// The network itself.
    Network,
    /// A member: now, before, or applying.
    Member,
    /// Works with the network.
    Partner,
    /// Pays for its work.
    Funder,
    /// A larger network that this one is a member of.
    Umbrella,
    /// An authority or municipal house.
    PublicBody,
}

/// How an organisation stands to the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Standing")]
pub enum MembershipStatus {
    /// It applied, and nothing is decided.
    Applied,
    /// It is a member.
    Active,
    /// It was a member.
    Ended,
    /// Its application was declined.
    Declined,
}

/// What the directory is ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::organisations::store::list::By")]
pub enum OrganisationOrder {
    /// By name, as DIN 5007-1 sorts.
    Name,
    /// By the first day of membership, the earliest first; who never was a member comes last.
    JoinedOn,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::Weekday")]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}
