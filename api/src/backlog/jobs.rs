//! What happens later: dead letters that nobody looked after for long are forgotten.

use jobs::Job;
use serde::{Deserialize, Serialize};

/// Forgets, every day, what was given up long ago.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Forget {}

impl Job for Forget {
    const KIND: &'static str = "backlog.forget";
}
