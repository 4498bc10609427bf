//! Use cases of registrations.

mod cancel;
mod create;
mod find;
mod forget;
mod move_up;
mod seats;
mod spread;

pub use cancel::cancel;
pub use create::{Create, Key, Receipt, create};
pub use find::{By, by_token, find};
pub use forget::forget;
pub use move_up::let_all_move_up;
pub use spread::spread;
