//! Calendars to subscribe to: of the network, of an organisation, of one event, and narrowed ones; and secret ones, of what a person
//! registered for, and of what is for members.
//!
//! A calendar has every date that was not over ninety days ago, as its readers may see it. Its bytes depend on data alone, never on the
//! clock or on who asks, so that programs that look again are told that nothing is new. `events/ics.rs` makes an event's entries.
//!
//! In reading order: [`address`] is what is asked for, [`narrowing`] which part of it, [`subject`] whose dates those are, [`feed`] the
//! calendar itself, [`personal`] the one of a person, [`secret`] whether an address that is a secret still opens it.

pub mod address;
pub mod changes;
pub mod feed;
pub mod graphql;
pub mod http;
pub mod jobs;
pub mod narrowing;
pub mod ops;
pub mod personal;
pub mod preview;
pub mod secret;
pub mod store;
pub mod subject;
pub mod work;
