//! Posts: news, reports, interviews, statements, and broadcasts of an organisation, in several languages.

pub mod graphql;
pub mod jobs;
mod mail;
pub mod ops;
pub mod rules;
pub mod store;
pub mod work;
