//! Search over posts, events and organisations, best match first.
//!
//! What is searched is folded text that each store writes in the statement that writes its rows ([`crate::kernel::fold`]):
//! titles and names in one column, all else in another.

pub mod graphql;
pub mod store;
