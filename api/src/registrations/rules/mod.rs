//! Who gets a seat, who moves up, what becomes of requests and changes, and what counts as an answer.

pub mod admission;
pub mod ahead;
pub mod answers;
pub mod approval;
pub mod door;
pub mod line;
pub mod reply;
pub mod resize;
#[cfg(test)]
mod sequences;

use crate::kernel::fold;

/// What a registration is found by, folded.
#[must_use]
pub fn searched(name: &str, email: &str, note: Option<&str>) -> String {
    fold::for_search(&[name, email, note.unwrap_or_default()].join(" "))
}
