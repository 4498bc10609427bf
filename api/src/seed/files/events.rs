//! Events as they are written.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::Deserialize;

#[derive(Deserialize)]
pub(in crate::seed) struct Event {
    pub(in crate::seed) slug: String,
    pub(in crate::seed) title: String,
    pub(in crate::seed) kind: String,
    pub(in crate::seed) date: NaiveDate,
    pub(in crate::seed) date_precision: String,
    #[serde(deserialize_with = "minute")]
    pub(in crate::seed) starts_at: Option<NaiveDateTime>,
    #[serde(deserialize_with = "minute")]
    pub(in crate::seed) ends_at: Option<NaiveDateTime>,
    pub(in crate::seed) end_date: Option<NaiveDate>,
    pub(in crate::seed) timezone: String,
    pub(in crate::seed) venue: Option<String>,
    pub(in crate::seed) room: Option<String>,
    pub(in crate::seed) mode: String,
    pub(in crate::seed) hosts: Vec<String>,
    pub(in crate::seed) co_hosts: Vec<String>,
    pub(in crate::seed) programme: Option<String>,
    pub(in crate::seed) series: Option<String>,
    pub(in crate::seed) visibility: String,
    pub(in crate::seed) registration: String,
    pub(in crate::seed) cost: String,
    pub(in crate::seed) languages: Vec<String>,
    pub(in crate::seed) interpretation: Option<Vec<String>>,
    pub(in crate::seed) childcare: Option<bool>,
    pub(in crate::seed) topics: Vec<String>,
    pub(in crate::seed) summary_de: String,
    pub(in crate::seed) agenda: Vec<AgendaPoint>,
    pub(in crate::seed) stations: Vec<Station>,
    pub(in crate::seed) figures: Figures,
    pub(in crate::seed) sources: Vec<String>,
}

#[derive(Deserialize)]
pub(in crate::seed) struct AgendaPoint {
    pub(in crate::seed) at: NaiveTime,
    pub(in crate::seed) title_de: String,
}

#[derive(Deserialize)]
pub(in crate::seed) struct Station {
    pub(in crate::seed) venue: String,
    pub(in crate::seed) room: Option<String>,
    pub(in crate::seed) from: Option<NaiveDate>,
    pub(in crate::seed) to: NaiveDate,
    pub(in crate::seed) opening_de: Option<String>,
    #[serde(default, deserialize_with = "minute")]
    pub(in crate::seed) opening_event_at: Option<NaiveDateTime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct Figures {
    pub(in crate::seed) guests_approx: Option<i32>,
    pub(in crate::seed) online: Option<i32>,
    pub(in crate::seed) expected: Option<i32>,
    pub(in crate::seed) donations_eur: Option<i64>,
}

/// A local time to the minute, e.g. `2022-05-17T18:00`.
fn minute<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDateTime>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M")).transpose().map_err(serde::de::Error::custom)
}
