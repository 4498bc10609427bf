//! The history on both databases: there and back again, what the databases refuse, and that entities fit where it ends.

mod databases;
mod drift;
mod examples;
mod history;
mod refusals;
