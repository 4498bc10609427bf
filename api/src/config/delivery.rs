//! How an issue of a newsletter goes out.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::ConfigError;

/// How an issue of a newsletter goes out. What is so many a second or at the same time is so for each process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Delivery {
    /// Jobs that deliver an issue at the same time, of all processes together; each takes a slot of its process.
    pub lanes: u32,
    /// Connections to the mail server that each of them has.
    pub connections: u32,
    /// Mails a second; 0 for as fast as the mail server takes them.
    pub per_second: f64,
    /// Mails a second to one domain, e.g. `gmail.com`; 0 for as many as to all.
    pub per_second_and_domain: f64,
    /// Connections over which mails to one domain go out at the same time; 0 for all.
    pub connections_per_domain: u32,
    /// From which hour on mails go out, e.g. `08:00`, in the network's usual zone; empty, as `until`, for all day.
    pub from: String,
    /// Until which hour, e.g. `20:00`.
    pub until: String,
    /// The first day of a mail server that nobody knows yet, e.g. `2026-12-01`: it sends few mails that day, and twice as many on each of
    /// the 13 after it. Empty for one that is known.
    pub warm_up_from: String,
    /// How many on the first day.
    pub warm_up_first: u32,
}

impl Default for Delivery {
    fn default() -> Self {
        Self {
            lanes: 2,
            connections: 4,
            per_second: 0.0,
            per_second_and_domain: 0.0,
            connections_per_domain: 0,
            from: String::new(),
            until: String::new(),
            warm_up_from: String::new(),
            warm_up_first: 500,
        }
    }
}

impl Delivery {
    /// The hours at which mails go out; none for all day.
    #[must_use]
    pub fn hours(&self) -> Option<(NaiveTime, NaiveTime)> {
        Some((hour(&self.from)?, hour(&self.until)?))
    }

    /// The first day of a mail server that nobody knows yet.
    #[must_use]
    pub fn warm_up_from(&self) -> Option<NaiveDate> {
        self.warm_up_from.parse().ok()
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let unsound = |key, problem: &str| Err(ConfigError::Unsound { key, problem: problem.to_owned() });
        let counts =
            [("delivery.lanes", self.lanes), ("delivery.connections", self.connections), ("delivery.warm_up_first", self.warm_up_first)];
        if let Some((key, _)) = counts.into_iter().find(|(_, count)| *count == 0) {
            return unsound(key, "must be 1 or more");
        }
        for (key, rate) in [("delivery.per_second", self.per_second), ("delivery.per_second_and_domain", self.per_second_and_domain)] {
            if !rate.is_finite() || rate < 0.0 {
                return unsound(key, "must be 0 or more");
            }
        }
        if self.from.is_empty() != self.until.is_empty() {
            return unsound("delivery.until", "must be given together with delivery.from");
        }
        for (key, text) in [("delivery.from", &self.from), ("delivery.until", &self.until)] {
            if !text.is_empty() && hour(text).is_none() {
                return unsound(key, "must be an hour such as 08:00");
            }
        }
        if !self.warm_up_from.is_empty() && self.warm_up_from().is_none() {
            return unsound("delivery.warm_up_from", "must be a day such as 2026-12-01");
        }
        Ok(())
    }
}

fn hour(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").ok()
}
