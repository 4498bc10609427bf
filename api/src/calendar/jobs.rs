//! What calendars leave to be done later.

use jobs::Job;
use serde::{Deserialize, Serialize};

/// Adds up, every hour, what single transactions counted.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Fold {}

impl Job for Fold {
    const KIND: &'static str = "calendar.fold";
}
