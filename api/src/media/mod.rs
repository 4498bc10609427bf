//! Pictures and recordings: an organisation uploads them, posts, events and organisations show them.
//!
//! What comes in is spooled to disk, made anew by a process of its own ([`crate::files`]), and kept under the name of what is in it;
//! a row says whose it is, and what it shows for who does not see it. What nothing shows for a week is collected.

pub mod graphql;
pub mod http;
pub mod jobs;
pub mod ops;
pub mod store;
pub mod work;
