//! What is decided about events.

pub mod course;
pub mod matching;
pub mod schedule;
pub mod seats;
