//! The backlog: what waits to be done later, and what could not be done, for administrators to look at and try again.
//!
//! A job that failed as often as it may is a *dead letter*. It stays until somebody puts it back, or does without it.

pub mod graphql;
pub mod jobs;
pub mod ops;
pub mod store;
pub mod work;
