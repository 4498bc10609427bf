//! What the platform promises, as sentences: one binary, a file per feature.
#![expect(clippy::unwrap_used, reason = "a test that meets what it does not expect has failed")]

mod addresses;
mod audit;
mod backlog;
mod calendars;
mod events;
mod feeds;
mod forms;
mod http;
mod imports;
mod limits;
mod locales;
mod media;
mod memberships;
mod merging;
mod network;
mod newsletters;
mod node;
mod occurrences;
mod organisations;
mod pages;
mod paging;
mod people;
mod posts;
mod processes;
mod programmes;
mod query_count;
mod registrations;
mod rights;
mod schema;
mod search;
mod seed;
mod tags;
mod tidy;
mod venues;
mod visibility;
