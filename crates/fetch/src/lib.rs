//! The crate's contents, by name; what it does is told below.
#![doc = include_str!("../README.md")]

mod address;
mod dial;
mod failure;
mod fetcher;
mod public;

pub use address::{Address, NotFetchable};
pub use dial::{Resolve, Resolved};
pub use failure::Failure;
pub use fetcher::{Fetched, Fetcher, Limits, Validators};
pub use public::is_public;

#[cfg(test)]
mod tests;
