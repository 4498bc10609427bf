//! What happens later: what tells of an organisation is written anew.

use entity::id::OrganisationId;
use jobs::Job;
use serde::{Deserialize, Serialize};

/// An organisation is called otherwise, or reached elsewhere, of which its events, their calendars and posts tell.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Renamed {
    /// Which.
    pub organisation: OrganisationId,
}

impl Job for Renamed {
    const KIND: &'static str = "organisations.renamed";
}
