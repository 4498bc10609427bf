//! What was entered twice becomes one: tags, venues, programmes. All that had the one has the other from then on, and the addresses and ids
//! of the one lead to the other.

pub mod graphql;
pub mod ops;
mod store;
pub mod work;
