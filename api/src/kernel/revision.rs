//! Nobody's change silently overwrites another's.

use super::refusal::{Refusal, Why};

/// Whether a thing is still as its editor last saw it; who does not say what they saw takes it as it is.
///
/// # Errors
/// [`Why::StaleRevision`] at `expectedRevision`.
pub fn check(present: i32, expected: Option<i32>) -> Result<(), Refusal> {
    match expected {
        Some(expected) if expected != present => Err(Refusal::at(&["expectedRevision"], Why::StaleRevision)),
        _ => Ok(()),
    }
}
