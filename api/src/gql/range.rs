//! Spans of time.

use async_graphql::InputObject;
use chrono::Utc;

use super::scalars::DateTime;
use crate::kernel::fault::BadInput;

/// A span of time, from a moment on and before another.
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub struct DateTimeRange {
    /// Then or later.
    pub from: Option<DateTime>,
    /// Before.
    pub until: Option<DateTime>,
}

/// From when on, and before when.
pub type Ends = (Option<chrono::DateTime<Utc>>, Option<chrono::DateTime<Utc>>);

impl DateTimeRange {
    /// Its ends as instants.
    ///
    /// # Errors
    /// [`BadInput::Range`] where it ends before it begins.
    pub fn parse(self) -> Result<Ends, BadInput> {
        let (from, until) = (self.from.map(DateTime::to_utc), self.until.map(DateTime::to_utc));
        match (from, until) {
            (Some(from), Some(until)) if until < from => Err(BadInput::Range),
            range => Ok(range),
        }
    }
}
