//! Who gets a seat, who moves up, what becomes of requests and changes, and what counts as an answer.

pub mod admission;
pub mod answers;
pub mod approval;
pub mod door;
pub mod line;
pub mod resize;
