//! What happens later: what tells of a programme is written anew.

use entity::id::ProgrammeId;
use jobs::Job;
use serde::{Deserialize, Serialize};

/// A programme is called otherwise, of which search tells in its events and posts.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Renamed {
    /// Which.
    pub programme: ProgrammeId,
}

impl Job for Renamed {
    const KIND: &'static str = "programmes.renamed";
}
