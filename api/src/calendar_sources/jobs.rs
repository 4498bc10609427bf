//! What happens later: seeing which calendars are due, and fetching one.

use entity::id::OrganisationId;
use jobs::Job;
use serde::{Deserialize, Serialize};

/// Has those calendars fetched that are due.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Tend {}

impl Job for Tend {
    const KIND: &'static str = "calendar_sources.tend";
}

/// Fetches the calendar of an organisation, where it is due.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Fetch {
    /// Whose.
    pub organisation: OrganisationId,
}

impl Job for Fetch {
    const KIND: &'static str = "calendar_sources.fetch";
}
