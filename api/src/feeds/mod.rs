//! Feeds: the latest posts, and the issues of newsletters, as Atom, RSS and JSON Feed; and podcasts.

pub mod atom;
pub mod graphql;
pub mod http;
pub mod issues;
pub mod json;
pub mod latest;
pub mod podcast;
pub mod rss;
pub mod store;
mod xml;
