//! The crate's contents, by name; what it does is told below.
#![doc = include_str!("../README.md")]

mod attempt;
mod drain;
mod failed;
mod lease;
mod overview;
mod queue;
mod retry;
mod schedule;
mod timetable;
mod worker;
mod works;

#[cfg(test)]
mod tests;

pub use entity::id::JobId;

pub use drain::{Drained, Failure, Ran, drain};
pub use failed::Failed;
pub use overview::{Counts, DeadLetter};
pub use queue::{CHANNEL, Job, Queue};
pub use retry::Retry;
pub use schedule::Schedule;
pub use worker::{Settings, Worker};
pub use works::Works;
