//! What stands behind the question mark of an address: the parameters that pages know, and addresses made of them.

use axum::http::Uri;
use url::form_urlencoded;

/// Names of the parameters that pages know, in the order in which they stand in an address.
const KNOWN: [&str; 14] =
    ["of", "q", "search", "district", "speaks", "category", "kind", "tag", "when", "after", "before", "cancel", "done", "locale"];

/// The one that says something without a value, too: `?cancel`.
const FLAG: &str = "cancel";

/// Characters of a value that count.
const LONGEST: usize = 200;

/// The same of an address.
const LONGEST_ADDRESS: usize = 2000;

/// The parameters that a visitor gave, without those that are empty or that no page knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters(Vec<(&'static str, String)>);

impl Parameters {
    /// Reads those of an address; the first of a name counts.
    pub fn of(uri: &Uri) -> Self {
        let mut parameters = Self::default();
        for (name, value) in form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).take(50) {
            let value = if name == FLAG && value.is_empty() { "yes" } else { value.trim() };
            if let Some(known) = known(&name)
                && !value.is_empty()
                && parameters.get(known).is_none()
            {
                let longest = if known == "of" { LONGEST_ADDRESS } else { LONGEST };
                parameters.set(known, Some(value.chars().take(longest).collect()));
            }
        }
        parameters
    }

    /// The value of one.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The language that the visitor chose, which links within the site carry on.
    pub fn chosen_locale(&self) -> Self {
        Self(self.0.iter().filter(|(name, _)| *name == "locale").cloned().collect())
    }

    /// Sets one, or takes it out. What no page knows is passed over.
    pub fn set(&mut self, name: &str, value: Option<String>) {
        let Some(known) = known(name) else { return };
        self.0.retain(|(name, _)| *name != known);
        self.0.extend(value.map(|value| (known, value)));
        self.0.sort_by_key(|(name, _)| KNOWN.iter().position(|known| known == name));
    }

    /// An address of the site: a path with these parameters.
    pub fn behind(&self, path: &str) -> String {
        if self.0.is_empty() {
            return path.to_owned();
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish();
        format!("{path}?{query}")
    }
}

/// Whether pages know a parameter.
pub fn known(name: &str) -> Option<&'static str> {
    KNOWN.into_iter().find(|known| *known == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pages_know_is_read_once_and_written_in_order() {
        let read = |uri: &str| Parameters::of(&uri.parse().unwrap());
        let mut parameters = read("/events?locale=en&x=1&search=+a%26b+&search=c&district=&after=%FF");
        assert_eq!(parameters.get("search"), Some("a&b"));
        assert_eq!(parameters.get("district"), None);
        parameters.set("after", None);
        parameters.set("when", Some("past".into()));
        parameters.set("x", Some("1".into()));
        assert_eq!(parameters.behind("/events"), "/events?search=a%26b&when=past&locale=en");
        assert_eq!(parameters.chosen_locale().behind("/"), "/?locale=en");
        assert_eq!(read("/").behind("/"), "/");
        assert_eq!(read("/?cancel").get("cancel"), Some("yes"));
        assert_eq!(read(&format!("/?q={}", "ü".repeat(150))).get("q").map(|q| q.chars().count()), Some(150));
    }
}
