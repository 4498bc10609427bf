//! What happens later: what tells of a venue is written anew.

use entity::id::VenueId;
use jobs::Job;
use serde::{Deserialize, Serialize};

/// A venue changed of which events and their calendars tell.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Changed {
    /// Which.
    pub venue: VenueId,
}

impl Job for Changed {
    const KIND: &'static str = "venues.changed";
}
