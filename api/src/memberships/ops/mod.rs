//! Use cases of memberships.

mod apply;
mod decide;
mod forget;

pub use apply::{Apply, apply};
pub use decide::{admit, decline, end};
pub use forget::forget;
