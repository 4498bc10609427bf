//! Venues and programmes as they are written.

use serde::Deserialize;

#[derive(Deserialize)]
pub(in crate::seed) struct Venue {
    pub(in crate::seed) slug: String,
    pub(in crate::seed) name: String,
    pub(in crate::seed) address: VenueAddress,
    pub(in crate::seed) rooms: Vec<String>,
    pub(in crate::seed) organisation: Option<String>,
    pub(in crate::seed) note_de: Option<String>,
}

#[derive(Deserialize)]
pub(in crate::seed) struct VenueAddress {
    pub(in crate::seed) street: Option<String>,
    pub(in crate::seed) postal_code: Option<String>,
    pub(in crate::seed) city: Option<String>,
    pub(in crate::seed) district: Option<String>,
    pub(in crate::seed) country: Option<String>,
}

#[derive(Deserialize)]
pub(in crate::seed) struct Programme {
    pub(in crate::seed) slug: String,
    pub(in crate::seed) name: String,
    pub(in crate::seed) long_name: Option<String>,
    pub(in crate::seed) kind: String,
    pub(in crate::seed) status: String,
    pub(in crate::seed) organisation: Option<String>,
    pub(in crate::seed) started: Option<String>,
    #[serde(default)]
    pub(in crate::seed) funder_slugs: Vec<String>,
    pub(in crate::seed) summary_de: String,
    #[serde(default)]
    pub(in crate::seed) grants: Vec<Grant>,
    #[serde(default)]
    pub(in crate::seed) episodes: Vec<Episode>,
    pub(in crate::seed) sources: Vec<String>,
}

#[derive(Deserialize)]
pub(in crate::seed) struct Grant {
    pub(in crate::seed) year: i32,
    pub(in crate::seed) note_de: String,
    pub(in crate::seed) source: String,
}

#[derive(Deserialize)]
pub(in crate::seed) struct Episode {
    pub(in crate::seed) aired_at: String,
    pub(in crate::seed) duration_min: u32,
    pub(in crate::seed) title_de: String,
}
