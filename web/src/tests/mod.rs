//! The pages as a visitor gets them, from a schema that answers whatever a test wants.

mod acting;
mod answers;
mod fake;
mod forms;
mod linked;
mod pages;
mod reading;
mod registering;
mod shell;
mod sources;
