//! What happens later: what tells of a venue is written anew.

use entity::id::VenueId;
use jobs::Job;
use serde::{Deserialize, Serialize};

/// A venue changed of which events and their calendars tell.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Changed {
    /// Which.
    pub venue: VenueId,
    /// Whether it is elsewhere now, or otherwise called: calendars count that.
    #[serde(default = "yes")]
    pub is_elsewhere: bool,
}

/// What jobs of before this was asked mean.
fn yes() -> bool {
    true
}

impl Job for Changed {
    const KIND: &'static str = "venues.changed";
}
