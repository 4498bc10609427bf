//! The files of what is known from public sources, as they are written.

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use entity::words::{ContributorRole, OrganisationKind};
use serde::Deserialize;
use serde::de::DeserializeOwned;

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

#[derive(Deserialize)]
pub(super) struct Organisation {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) short_name: String,
    pub(super) legal_form: String,
    pub(super) city: String,
    pub(super) district: String,
    pub(super) website: String,
    pub(super) focus_de: String,
    pub(super) founded_year: String,
    pub(super) kind: OrganisationKind,
    pub(super) joined_on: String,
    pub(super) left_on: String,
    pub(super) source_url: String,
}

#[derive(Deserialize)]
pub(super) struct Fact {
    pub(super) slug: String,
    pub(super) field: String,
    pub(super) value_de: String,
    pub(super) as_of: String,
    pub(super) source_url: String,
}

#[derive(Deserialize)]
pub(super) struct Network {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) name_variants: Vec<String>,
    pub(super) founded_on: String,
    pub(super) timezone: String,
    pub(super) address: NetworkAddress,
    pub(super) phone: String,
    pub(super) email: String,
    pub(super) opening_hours: Vec<OpeningHours>,
    pub(super) opening_hours_note_de: String,
    pub(super) funders_footer_2022: Vec<Slugged>,
    pub(super) other_funders: Vec<Slugged>,
    pub(super) umbrella: Umbrella,
    pub(super) membership_history: Vec<Sourced>,
    pub(super) membership_events: Vec<MembershipEvent>,
    pub(super) partner_organisations: Vec<Partner>,
    pub(super) sources: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct NetworkAddress {
    pub(super) street: String,
    pub(super) addition: String,
    pub(super) postal_code: String,
    pub(super) city: String,
    pub(super) district: String,
    pub(super) country: String,
}

#[derive(Deserialize)]
pub(super) struct OpeningHours {
    pub(super) days: Vec<String>,
    pub(super) opens: NaiveTime,
    pub(super) closes: NaiveTime,
}

#[derive(Deserialize)]
pub(super) struct Slugged {
    pub(super) slug: String,
}

#[derive(Deserialize)]
pub(super) struct Umbrella {
    pub(super) slug: String,
    pub(super) founded_on: String,
}

#[derive(Deserialize)]
pub(super) struct Sourced {
    pub(super) source: String,
}

#[derive(Deserialize)]
pub(super) struct MembershipEvent {
    pub(super) org: String,
    pub(super) source: String,
}

#[derive(Deserialize)]
pub(super) struct Partner {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) short_name: Option<String>,
    pub(super) website: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Venue {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) address: VenueAddress,
    pub(super) rooms: Vec<String>,
    pub(super) organisation: Option<String>,
    pub(super) note_de: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct VenueAddress {
    pub(super) street: Option<String>,
    pub(super) postal_code: Option<String>,
    pub(super) city: Option<String>,
    pub(super) district: Option<String>,
    pub(super) country: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Programme {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) long_name: Option<String>,
    pub(super) kind: String,
    pub(super) status: String,
    pub(super) organisation: Option<String>,
    pub(super) started: Option<String>,
    #[serde(default)]
    pub(super) funder_slugs: Vec<String>,
    pub(super) summary_de: String,
    #[serde(default)]
    pub(super) grants: Vec<Grant>,
    #[serde(default)]
    pub(super) episodes: Vec<Episode>,
    pub(super) sources: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Grant {
    pub(super) year: i32,
    pub(super) note_de: String,
    pub(super) source: String,
}

#[derive(Deserialize)]
pub(super) struct Episode {
    pub(super) aired_at: String,
    pub(super) duration_min: u32,
    pub(super) title_de: String,
}

#[derive(Deserialize)]
pub(super) struct Event {
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) date: NaiveDate,
    pub(super) date_precision: String,
    #[serde(deserialize_with = "minute")]
    pub(super) starts_at: Option<NaiveDateTime>,
    #[serde(deserialize_with = "minute")]
    pub(super) ends_at: Option<NaiveDateTime>,
    pub(super) end_date: Option<NaiveDate>,
    pub(super) timezone: String,
    pub(super) venue: Option<String>,
    pub(super) room: Option<String>,
    pub(super) mode: String,
    pub(super) hosts: Vec<String>,
    pub(super) co_hosts: Vec<String>,
    pub(super) programme: Option<String>,
    pub(super) series: Option<String>,
    pub(super) visibility: String,
    pub(super) registration: String,
    pub(super) cost: String,
    pub(super) languages: Vec<String>,
    pub(super) interpretation: Option<Vec<String>>,
    pub(super) childcare: Option<bool>,
    pub(super) topics: Vec<String>,
    pub(super) summary_de: String,
    pub(super) agenda: Vec<AgendaPoint>,
    pub(super) stations: Vec<Station>,
    pub(super) figures: Figures,
    pub(super) sources: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct AgendaPoint {
    pub(super) at: NaiveTime,
    pub(super) title_de: String,
}

#[derive(Deserialize)]
pub(super) struct Station {
    pub(super) venue: String,
    pub(super) room: Option<String>,
    pub(super) from: Option<NaiveDate>,
    pub(super) to: NaiveDate,
    pub(super) opening_de: Option<String>,
    #[serde(default, deserialize_with = "minute")]
    pub(super) opening_event_at: Option<NaiveDateTime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Figures {
    pub(super) guests_approx: Option<i32>,
    pub(super) online: Option<i32>,
    pub(super) expected: Option<i32>,
    pub(super) donations_eur: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct Post {
    pub(super) slug: String,
    pub(super) published_on: NaiveDate,
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) author: String,
    pub(super) contributors: Vec<Contributor>,
    pub(super) reading_minutes_source: Option<i32>,
    pub(super) language: String,
    pub(super) organisations: Vec<String>,
    pub(super) events: Vec<String>,
    pub(super) topics: Vec<String>,
    pub(super) teaser_de: String,
    pub(super) body_md: String,
    pub(super) summary_en: String,
    pub(super) summary_plain_de: Option<String>,
    pub(super) sources: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Contributor {
    pub(super) name: String,
    #[serde(deserialize_with = "upper_case")]
    pub(super) role: ContributorRole,
    pub(super) function_de: Option<String>,
}

/// A local time to the minute, e.g. `2022-05-17T18:00`.
fn minute<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDateTime>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M")).transpose().map_err(serde::de::Error::custom)
}

/// A word of the contract in small letters.
fn upper_case<'de, D: serde::Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<T, D::Error> {
    let word = String::deserialize(deserializer)?.to_uppercase();
    T::deserialize(serde::de::value::StringDeserializer::<D::Error>::new(word))
}
