//! What files say, thing by thing, each with the line that it stands on. Nothing is looked up here.

pub mod calendar;
pub mod feed;
pub mod markdown;
pub mod table;
pub mod unreadable;
mod xml;

use std::fmt;

/// What is wrong with a file, or with a thing in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The line at fault, from 1.
    pub line: usize,
    /// What is wrong, and what to do.
    pub problem: String,
}

impl Wrong {
    /// Something wrong on a line.
    pub fn at(line: usize, problem: impl Into<String>) -> Self {
        Self { line, problem: problem.into() }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.problem)
    }
}

/// Characters of a single text at the most.
pub const LONGEST: usize = 1_000_000;
