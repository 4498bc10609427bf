//! Use cases of registrations.

mod cancel;
mod create;
mod find;
mod forget;
mod seats;

pub use cancel::cancel;
pub use create::{Create, Key, Receipt, create};
pub use find::{By, by_token, find};
pub use forget::forget;
