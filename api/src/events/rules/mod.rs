//! What is decided about events.

pub mod schedule;
pub mod seats;
