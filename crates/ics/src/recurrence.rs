//! Recurrence rules (RFC 5545 3.3.10): which are taken, how they are written, and on which dates they fall.

mod days;
mod error;
mod expand;
mod parts;
mod rule;
mod values;

pub use error::RuleError;
pub use expand::expand;
pub use rule::Rule;
pub(crate) use values::weekday_value;
