//! What happens later: the office is reminded.

use jobs::Job;
use serde::{Deserialize, Serialize};

/// Writes to the office what waits for it.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Remind {}

impl Job for Remind {
    const KIND: &'static str = "review.remind";
}
