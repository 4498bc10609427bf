//! Registrations: a person's place at a date, or at an event that one registers for as a whole.
//!
//! A registration is *confirmed* while seats last, else it *waits* in line; where an organiser decides on each it is *pending*
//! first. Seats are given under the lock of their pool, so that the last one is given once; whoever gives one back lets the
//! first in line who fits move up at once. People need no account: what they get by mail carries a secret link, by which they see
//! and cancel their registration. The answer to a registration tells only what was asked and decided, so that nobody learns from
//! it who else is registered.

pub mod graphql;
pub mod http;
pub mod invitation;
pub mod jobs;
pub mod mail;
pub mod ops;
pub mod paper;
pub mod picture;
pub mod rules;
pub mod sheet;
pub mod store;
pub mod work;
