//! What happens later: publication at its moment, and what editors are to be told.

use chrono::{DateTime, Utc};
use entity::id::PostId;
use jobs::Job;
use serde::{Deserialize, Serialize};

/// Publishes a post at the moment that was chosen.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Publish {
    /// Which.
    pub post: PostId,
}

impl Job for Publish {
    const KIND: &'static str = "posts.publish";
}

/// Tells the editors of a post that the office returned it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct TellReturned {
    /// Which.
    pub post: PostId,
    /// When it was returned.
    pub at: DateTime<Utc>,
}

impl Job for TellReturned {
    const KIND: &'static str = "posts.tell_returned";
}
