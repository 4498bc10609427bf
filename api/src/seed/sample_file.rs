//! The file of samples, as it is written. Its days are counted from the day of the first seeding.

mod events;

use entity::words::AccessibilityFeature;
use serde::Deserialize;

pub(super) use self::events::{
    Further, Particular, SampleEvent, SampleHost, SamplePoint, SampleRegistration, SampleText, SampleTier, Start,
};

use super::SeedError;
use super::files::json;

pub(super) const SAMPLES: &str = "samples.json";

/// All samples.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Samples {
    #[serde(rename = "note")]
    _note: String,
    pub(super) organisations: Vec<SampleOrganisation>,
    pub(super) venues: Vec<SampleVenue>,
    pub(super) events: Vec<SampleEvent>,
    pub(super) newsletters: Vec<SampleNewsletter>,
}

/// A newsletter of the network.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleNewsletter {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) issues: Vec<SampleIssue>,
}

/// An issue: one that is in the archive, or a draft to be sent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleIssue {
    pub(super) slug: String,
    pub(super) is_sent: bool,
    pub(super) texts: Vec<SampleIssueText>,
}

/// An issue in one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleIssueText {
    pub(super) locale: String,
    pub(super) subject: String,
    pub(super) preheader: Option<String>,
    pub(super) body: String,
}

impl Samples {
    /// Reads them; they are part of the program.
    pub(super) fn read() -> Result<Self, SeedError> {
        json(SAMPLES, include_str!("../../../data/samples.json"))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleOrganisation {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) legal_form: Option<String>,
    pub(super) texts: Vec<SampleDescription>,
    pub(super) languages: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) website: Option<String>,
    pub(super) email: Option<String>,
    pub(super) address: SampleAddress,
    #[serde(default = "yes")]
    pub(super) address_is_public: bool,
    pub(super) location: Option<SampleLocation>,
    #[serde(default)]
    pub(super) publishes_without_review: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleDescription {
    pub(super) locale: String,
    pub(super) description: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleAddress {
    pub(super) street: Option<String>,
    pub(super) postal_code: Option<String>,
    pub(super) city: Option<String>,
    pub(super) district: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleLocation {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleVenue {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) address: SampleAddress,
    pub(super) location: Option<SampleLocation>,
    pub(super) rooms: Vec<String>,
    pub(super) directions: Option<String>,
    pub(super) website: Option<String>,
    pub(super) organisation: Option<String>,
    #[serde(default)]
    pub(super) features: Vec<SampleFeature>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleFeature {
    pub(super) feature: AccessibilityFeature,
    pub(super) available: bool,
    pub(super) note: Option<String>,
}

fn yes() -> bool {
    true
}
