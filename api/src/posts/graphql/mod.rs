//! Posts in GraphQL.

pub mod connection;
pub mod edit;
pub mod loaders;
pub mod mutation;
pub mod post;
pub mod query;
pub mod words;

pub use mutation::PostMutation;
pub use post::Post;
pub use query::PostQuery;
