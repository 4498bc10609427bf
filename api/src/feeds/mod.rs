//! Feeds: the latest posts as Atom, RSS and JSON Feed, and podcasts.

pub mod atom;
pub mod graphql;
pub mod http;
pub mod json;
pub mod latest;
pub mod podcast;
pub mod rss;
pub mod store;
mod xml;
