//! Use cases of calendars that are kept elsewhere.

mod answer;
mod dates;
mod enter;
mod fetch;
mod follow;
mod here;
mod missing;
mod plan;
mod renamed;
mod set;
mod take;

pub use fetch::{fetch, tend};
pub use set::{NewSource, remove, set};
