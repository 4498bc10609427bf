//! Events: what happens, where, for whom, and when.
//!
//! An event has texts in several languages, hosts in order (the one answerable for it first), and a schedule as its editor
//! gave it: one date; or a first date and a rule of recurrence; or a first date and further ones. From the schedule its
//! dates are made, the *occurrences*, which have a life of their own: one can be moved, cancelled, or be elsewhere.

//!
//! Its editors write it ([`ops`]), the office reviews and publishes it. Each change raises what calendars count ([`ics`]), and
//! whoever is registered is told of it ([`jobs::Happened`]).

pub mod graphql;
pub mod ics;
pub mod jobs;
pub mod mail;
pub mod offer;
pub mod ops;
pub mod rules;
pub mod said;
pub mod store;
pub mod work;
