//! Membership of the network: organisations apply, are admitted or declined, and leave. Who is a member on which day is read by
//! [`crate::organisations::store::membership`].

pub mod graphql;
pub mod jobs;
mod mail;
pub mod ops;
pub mod rules;
pub mod store;
pub mod work;
