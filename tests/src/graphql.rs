//! Answers of GraphQL, read by the tests.

use serde_json::Value;

/// An answer: `data` and `errors`.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer(pub Value);

impl Answer {
    /// The data of an answer without errors.
    ///
    /// # Panics
    /// Where there are errors.
    #[must_use]
    pub fn data(&self) -> &Value {
        assert!(self.errors().is_empty(), "errors: {:#?}", self.errors());
        &self.0["data"]
    }

    /// A value of an answer without errors, by its path, e.g. `events.nodes.0.title`.
    ///
    /// # Panics
    /// Where there are errors.
    #[must_use]
    pub fn at(&self, path: &str) -> &Value {
        pick(self.data(), path)
    }

    /// A value, whether or not there are errors.
    #[must_use]
    pub fn despite_errors(&self, path: &str) -> &Value {
        pick(&self.0["data"], path)
    }

    /// The texts of a field of each item of a list, e.g. `organisations.nodes` and `slug`.
    #[must_use]
    pub fn each(&self, list: &str, field: &str) -> Vec<String> {
        let text = |item: &Value| pick(item, field).as_str().unwrap_or_default().to_owned();
        self.at(list).as_array().map(|items| items.iter().map(text).collect()).unwrap_or_default()
    }

    /// Its errors.
    #[must_use]
    pub fn errors(&self) -> &[Value] {
        self.0["errors"].as_array().map_or(&[], Vec::as_slice)
    }

    /// The codes of its errors.
    #[must_use]
    pub fn codes(&self) -> Vec<&str> {
        self.errors().iter().map(|error| error["extensions"]["code"].as_str().unwrap_or("none")).collect()
    }
}

/// A value in JSON by its path, its parts parted by dots; null where there is none.
#[must_use]
pub fn pick<'a>(value: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(value, |value, part| match part.parse::<usize>() {
        Ok(at) => &value[at],
        Err(_) => &value[part],
    })
}
