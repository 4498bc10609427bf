//! Topics, shared by organisations, posts, and events.

pub mod graphql;
pub mod store;
