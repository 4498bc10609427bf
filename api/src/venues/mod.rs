//! Venues: places where events happen, with their rooms and what is known of their accessibility.

pub mod graphql;
pub mod jobs;
pub mod ops;
pub mod store;
