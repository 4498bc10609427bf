//! Topics, shared by organisations, posts, and events.

pub mod graphql;
pub mod jobs;
pub mod ops;
pub mod store;
