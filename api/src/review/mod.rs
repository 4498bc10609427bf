//! The review desk: what waits for the network's office, since when, and a mail a day that says so.

pub mod graphql;
pub mod jobs;
mod mail;
pub mod store;
pub mod work;
