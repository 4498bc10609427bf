//! Calendars to subscribe to: of the network, of an organisation, of one event, and narrowed ones.

pub mod graphql;
