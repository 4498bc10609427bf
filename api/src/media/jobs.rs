//! What happens later: what nothing shows is collected.

use jobs::Job;
use serde::{Deserialize, Serialize};

/// Collects, every night, what nothing has shown for a week.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Collect {}

impl Job for Collect {
    const KIND: &'static str = "media.collect";
}
