//! Who gets a seat, who moves up, and what counts as an answer.

pub mod admission;
pub mod answers;
pub mod line;
