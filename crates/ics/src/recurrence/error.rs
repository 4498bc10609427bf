//! Why a recurrence rule is refused.

use thiserror::Error;

/// Why a recurrence rule is refused, in words for whoever wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RuleError {
    /// Longer than any sensible rule.
    #[error("the rule is longer than {0} characters")]
    TooLong(usize),
    /// More than one rule, or other properties beside it.
    #[error("there is more than one line; an event has one rule")]
    SeveralLines,
    /// A part that is not `NAME=value`, or whose value cannot be read.
    #[error("`{0}` cannot be understood")]
    Malformed(String),
    /// A part that RFC 5545 does not know.
    #[error("`{0}` is not part of a recurrence rule")]
    Unknown(String),
    /// A part that calendar programs do not agree on.
    #[error("{0} is not supported, as calendar programs do not agree on it")]
    Unsupported(String),
    /// A part that is there twice.
    #[error("{0} is given twice")]
    Twice(&'static str),
    /// `FREQ` is missing.
    #[error("FREQ is missing")]
    MissingFrequency,
    /// More dates in a day than an event has.
    #[error("an event repeats daily at most, at no more than {0} times of the day")]
    TooOften(usize),
    /// `COUNT` and `UNTIL` together (RFC 5545 3.3.10).
    #[error("either COUNT or UNTIL may be given, not both")]
    CountAndUntil,
    /// A number outside what the part allows.
    #[error("{part} must be from {least} to {most}")]
    OutOfRange {
        /// Name of the part.
        part: &'static str,
        /// Least number allowed.
        least: i64,
        /// Greatest number allowed.
        most: i64,
    },
    /// Two parts that exclude each other (RFC 5545 3.3.10).
    #[error("{part} cannot be used {with}")]
    NotWith {
        /// Name of the part.
        part: &'static str,
        /// What it does not go with.
        with: &'static str,
    },
    /// A position that no date ever has.
    #[error("the rule never falls on any date")]
    Never,
    /// The series begins too long ago or too far ahead.
    #[error("the first date must be from {least} to {most}")]
    StartOutOfRange {
        /// Earliest year.
        least: i32,
        /// Latest year.
        most: i32,
    },
    /// Refused for another reason by the `rrule` crate.
    #[error("{0}")]
    Refused(String),
}
