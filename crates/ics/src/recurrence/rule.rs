//! A recurrence rule that was read and found sensible.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::RuleError;
use super::expand::{checked, expand};
use super::parts::Parts;
use super::values::Until;
use crate::Moment;

/// Longest rule that is read.
const LONGEST: usize = 500;

/// A recurrence rule (RFC 5545 3.3.10) that was read and found sensible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    text: String,
    pub(super) parts: Parts,
}

impl Rule {
    /// Reads a rule, with or without `RRULE:` before it.
    ///
    /// # Errors
    /// When it is not a rule of RFC 5545, or one that no event should have: more often than daily, without measure, or with
    /// parts that calendar programs do not agree on.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        let text = text.trim();
        if text.len() > LONGEST {
            return Err(RuleError::TooLong(LONGEST));
        }
        if text.contains(['\r', '\n']) {
            return Err(RuleError::SeveralLines);
        }
        let text = text.to_ascii_uppercase();
        let parts = Parts::read(text.strip_prefix("RRULE:").unwrap_or(&text))?;
        parts.check()?;
        checked(&parts, None)?;
        Ok(Self { text: parts.text(), parts })
    }

    /// The rule in its normal form: upper case, parts in a fixed order, nothing that goes without saying.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The rule as it must be written beside a given start: `UNTIL` is a date for all-day events, else in UTC; a day's end
    /// counts where only a date was given, and all-day events have no times of the day.
    #[must_use]
    pub fn written_for(&self, start: &Moment) -> String {
        self.parts.beside(start).text()
    }

    /// The same rule with its `UNTIL`, where it has one, later by so much on the clocks of a zone: for a series that begins so much later.
    #[must_use]
    pub fn ending_later_by(&self, by: TimeDelta, zone: Tz) -> Self {
        let later = |at: NaiveDateTime| at.checked_add_signed(by).unwrap_or(at);
        let until = self.parts.until.map(|until| match until {
            Until::Day(day) => Until::Day(day.checked_add_signed(by).unwrap_or(day)),
            Until::Floating(at) => Until::Floating(later(at)),
            Until::Utc(at) => Until::Utc(Moment::Local { at: later(at.with_timezone(&zone).naive_local()), zone }.instant()),
        });
        let parts = Parts { until, ..self.parts.clone() };
        Self { text: parts.text(), parts }
    }

    /// Whether the rule has neither `COUNT` nor `UNTIL`.
    #[must_use]
    pub fn is_endless(&self) -> bool {
        self.parts.count.is_none() && self.parts.until.is_none()
    }

    /// Day of the last date of a series, or one not much later; none if it has no end.
    #[must_use]
    pub fn last_day(&self, start: &Moment) -> Option<NaiveDate> {
        let last = match (self.parts.beside(start).until, self.parts.count) {
            (Some(Until::Day(day)), _) => day,
            (Some(Until::Floating(at)), _) => at.date(),
            (Some(Until::Utc(instant)), _) => start.local_of(instant).date(),
            (None, Some(_)) => {
                let dates = expand(self, start, DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC, usize::MAX);
                dates.ok()?.last()?.date()
            }
            (None, None) => return None,
        };
        Some(last.max(start.date()))
    }
}

impl FromStr for Rule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        Self::parse(text)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}
