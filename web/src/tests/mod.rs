//! The pages as a visitor gets them, from a schema that answers whatever a test wants.

mod answers;
mod fake;
mod pages;
mod shell;
mod sources;
