//! Programmes: lasting pieces of the network's work, such as a radio show, a funded project, or a series.

pub mod graphql;
pub mod jobs;
pub mod ops;
pub mod store;
