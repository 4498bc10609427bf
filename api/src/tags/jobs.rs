//! What happens later: what tells of a tag is written anew.

use entity::id::TagId;
use jobs::Job;
use serde::{Deserialize, Serialize};

/// A tag is called otherwise, or took another in, of which search and calendars tell.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Renamed {
    /// Which.
    pub tag: TagId,
}

impl Job for Renamed {
    const KIND: &'static str = "tags.renamed";
}
