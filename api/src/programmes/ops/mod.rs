//! Use cases of programmes, for administrators.

mod edit;
mod write;

pub use edit::Edit;
pub use write::{create, update};
