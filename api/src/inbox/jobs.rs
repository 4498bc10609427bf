//! What happens later: seeing what came to the mailbox.

use jobs::Job;
use serde::{Deserialize, Serialize};

/// Reads what came to the mailbox of the settings, where one is named.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Collect {}

impl Job for Collect {
    const KIND: &'static str = "inbox.collect";
}
