//! Organisations and the network in GraphQL.

pub mod address;
mod edit;
pub mod loaders;
pub mod membership;
pub mod mutation;
pub mod network;
mod network_edit;
pub mod organisation;
mod people;
pub mod query;
pub mod words;

pub use address::{GeoPoint, GeoPointInput, PostalAddress, PostalAddressInput};
pub use mutation::{OrganisationMutation, OrganisationPayload};
pub use network_edit::NetworkMutation;
pub use organisation::Organisation;
pub use query::OrganisationQuery;
