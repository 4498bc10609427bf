//! Programmes in GraphQL.

pub mod loaders;
pub mod programme;
pub mod query;

pub use programme::Programme;
pub use query::{ProgrammeQuery, all};
