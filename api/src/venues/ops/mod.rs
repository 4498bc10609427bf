//! Use cases of venues.

mod edit;
mod write;

pub use edit::Edit;
pub use write::{create, update};
