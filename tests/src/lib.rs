//! The harness: throw-away worlds, and the people who act in them.
//!
//! A [`World`] is an installation of its own: a fresh database (SQLite, or PostgreSQL where `TEST_DATABASE=postgres` and
//! `TEST_POSTGRES_URL` say so), a clock that is moved by hand, and the public door. It is asked through that door
//! ([`World::get`], [`World::graphql`]) or in process by a person of one's choice ([`World::visitor`],
//! [`World::administrator`], [`World::person_of`]). What is in it is made by [`make`], or is the starter data
//! ([`World::seeded`]).
#![expect(clippy::unwrap_used, reason = "a test that cannot build its world has failed")]

pub mod browser;
pub mod calendar;
pub mod db;
pub mod editing;
pub mod forms;
pub mod graphql;
pub mod make;
pub mod people;
pub mod process;
pub mod reading;
pub mod registering;
pub mod signing_in;
pub mod socket;
pub mod uploading;
pub mod world;

pub use graphql::Answer;
/// A mail server that takes every mail, and answers as it is told to.
pub use mailer::sink as smtp;
pub use people::Actor;
pub use world::{Reply, World};
