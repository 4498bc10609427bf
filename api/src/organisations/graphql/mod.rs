//! Organisations and the network in GraphQL.

pub mod address;
pub mod loaders;
pub mod membership;
pub mod network;
pub mod organisation;
pub mod query;
pub mod words;

pub use address::{GeoPoint, PostalAddress};
pub use organisation::Organisation;
pub use query::OrganisationQuery;
