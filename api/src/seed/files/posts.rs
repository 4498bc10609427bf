//! Posts as they are written.

use chrono::NaiveDate;
use entity::words::ContributorRole;
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Deserialize)]
pub(in crate::seed) struct Post {
    pub(in crate::seed) slug: String,
    pub(in crate::seed) published_on: NaiveDate,
    pub(in crate::seed) title: String,
    pub(in crate::seed) kind: String,
    pub(in crate::seed) author: String,
    pub(in crate::seed) contributors: Vec<Contributor>,
    pub(in crate::seed) reading_minutes_source: Option<i32>,
    pub(in crate::seed) language: String,
    pub(in crate::seed) organisations: Vec<String>,
    pub(in crate::seed) events: Vec<String>,
    pub(in crate::seed) topics: Vec<String>,
    pub(in crate::seed) teaser_de: String,
    pub(in crate::seed) body_md: String,
    pub(in crate::seed) summary_en: String,
    pub(in crate::seed) summary_plain_de: Option<String>,
    pub(in crate::seed) sources: Vec<String>,
}

#[derive(Deserialize)]
pub(in crate::seed) struct Contributor {
    pub(in crate::seed) name: String,
    #[serde(deserialize_with = "upper_case")]
    pub(in crate::seed) role: ContributorRole,
    pub(in crate::seed) function_de: Option<String>,
}

/// A word of the contract in small letters.
fn upper_case<'de, D: serde::Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<T, D::Error> {
    let word = String::deserialize(deserializer)?.to_uppercase();
    T::deserialize(serde::de::value::StringDeserializer::<D::Error>::new(word))
}
