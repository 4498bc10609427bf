//! Posts in GraphQL.

pub mod connection;
pub mod loaders;
pub mod post;
pub mod query;
pub mod words;

pub use post::Post;
pub use query::PostQuery;
