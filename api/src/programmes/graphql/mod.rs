//! Programmes in GraphQL.

pub mod edit;
pub mod loaders;
pub mod mutation;
pub mod programme;
pub mod query;

pub use mutation::ProgrammeMutation;
pub use programme::Programme;
pub use query::{ProgrammeQuery, all};
