//! The files of `data/`, read on their own.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use url::Url;

fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A JSON file.
pub fn json(name: &str) -> Value {
    serde_json::from_str(&text(name)).unwrap()
}

/// The rows of a table, by the names of its columns.
pub fn table(name: &str) -> Vec<BTreeMap<String, String>> {
    let text = text(name);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// A list of texts.
pub fn texts(value: &Value) -> Vec<&str> {
    value.as_array().map(|items| items.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}

/// Addresses as all programs write them, so that `ä` and `%C3%A4` are one.
pub fn addresses<'a>(of: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    of.into_iter().map(|address| Url::parse(address).unwrap_or_else(|error| panic!("{address}: {error}")).to_string()).collect()
}

/// What differs, told with whose it is; empty where nothing does.
#[derive(Default)]
pub struct Differences(Vec<String>);

impl Differences {
    /// Notes where `found` is not `expected`.
    pub fn equal<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, found: &T, expected: &T) {
        if found != expected {
            self.0.push(format!("{what}: {found:?}, the file says {expected:?}"));
        }
    }

    /// Notes where something does not hold.
    pub fn holds(&mut self, what: &str, it_does: bool) {
        if !it_does {
            self.0.push(what.to_owned());
        }
    }

    /// Fails with all that was noted.
    pub fn assert_none(self) {
        assert!(self.0.is_empty(), "{} differences:\n{}", self.0.len(), self.0.join("\n"));
    }
}
