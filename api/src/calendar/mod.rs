//! Calendars to subscribe to: of the network, of an organisation, of one event, and narrowed ones.
//!
//! A calendar has all public events with a date that was not over ninety days ago. Its bytes depend on data alone, never on the clock
//! or on who asks, so that programs that look again are told that nothing is new. `events/ics.rs` makes an event's entries.

pub mod feed;
pub mod graphql;
pub mod http;
pub mod narrowing;
pub mod store;
