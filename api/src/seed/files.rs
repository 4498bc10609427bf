//! The files of what is known from public sources, as they are written.

mod events;
mod organisations;
mod places;
mod posts;

use std::collections::{BTreeMap, HashMap};

use entity::words::OrganisationKind;
use serde::Deserialize;
use serde::de::DeserializeOwned;

pub(super) use self::events::{Event, Figures, Station};
pub(super) use self::organisations::{Fact, Network, OpeningHours, Organisation, Partner};
pub(super) use self::places::{Programme, Venue};
pub(super) use self::posts::{Contributor, Post};
use super::SeedError;

pub(super) const EVENTS: &str = "events.json";
pub(super) const MAPPING: &str = "mapping.json";
pub(super) const NETWORK: &str = "network.json";
pub(super) const ORGANISATIONS: &str = "organisations.csv";
pub(super) const ORGANISATION_FACTS: &str = "organisation_facts.csv";
pub(super) const POSTS: &str = "posts.json";
pub(super) const POST_TITLES: &str = "post_titles_en.json";
pub(super) const PROGRAMMES: &str = "programmes.json";
pub(super) const VENUES: &str = "venues.json";

/// All files, read.
pub(super) struct Files {
    pub(super) mapping: Mapping,
    pub(super) network: Network,
    pub(super) organisations: Vec<Organisation>,
    pub(super) facts: Vec<Fact>,
    pub(super) venues: Vec<Venue>,
    pub(super) programmes: Vec<Programme>,
    pub(super) events: Vec<Event>,
    pub(super) posts: Vec<Post>,
    pub(super) post_titles: HashMap<String, String>,
}

impl Files {
    /// Reads them; they are part of the program.
    pub(super) fn read() -> Result<Self, SeedError> {
        Ok(Self {
            mapping: json(MAPPING, include_str!("../../../data/mapping.json"))?,
            network: json(NETWORK, include_str!("../../../data/network.json"))?,
            organisations: table(ORGANISATIONS, include_str!("../../../data/organisations.csv"))?,
            facts: table(ORGANISATION_FACTS, include_str!("../../../data/organisation_facts.csv"))?,
            venues: json(VENUES, include_str!("../../../data/venues.json"))?,
            programmes: json(PROGRAMMES, include_str!("../../../data/programmes.json"))?,
            events: json(EVENTS, include_str!("../../../data/events.json"))?,
            posts: json(POSTS, include_str!("../../../data/posts.json"))?,
            post_titles: json(POST_TITLES, include_str!("../../../data/post_titles_en.json"))?,
        })
    }
}

/// What the network says of itself in German.
pub(super) const NETWORK_TEXT_DE: &str = include_str!("../../../data/network.de.md");
/// The same in English.
pub(super) const NETWORK_TEXT_EN: &str = include_str!("../../../data/network.en.md");

/// Reads a file of JSON.
pub(super) fn json<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, SeedError> {
    serde_json::from_str(text).map_err(|error| SeedError::File { file, error: error.to_string() })
}

fn table<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<Vec<T>, SeedError> {
    let rows = csv::Reader::from_reader(text.as_bytes()).into_deserialize().collect::<Result<_, _>>();
    rows.map_err(|error: csv::Error| SeedError::File { file, error: error.to_string() })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mapping {
    pub(super) topics: BTreeMap<String, String>,
    pub(super) focus: HashMap<String, Vec<String>>,
    pub(super) aliases: HashMap<String, Vec<String>>,
    pub(super) partner_kinds: HashMap<String, OrganisationKind>,
}
