//! The words of the schema about people.

use async_graphql::Enum;

/// A part in the network's office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::NetworkRole")]
pub enum NetworkRole {
    /// Everything.
    Admin,
    /// All content, reviews and newsletters, but no people or settings.
    Editor,
}

/// What a person may do for an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::words::OrganisationRole")]
pub enum OrganisationRole {
    /// Its people and profile too.
    Owner,
    /// Its posts, events and newsletters.
    Editor,
    /// Sees what is for members.
    Member,
}
