//! What a calendar is narrowed to, as its address has it.

use entity::words::{AccessibilityFeature, EventCategory};
use sea_orm::ActiveEnum;
use url::form_urlencoded;

use crate::kernel::Locale;

/// What the address of all public events takes.
pub const OF_NETWORK: &[&str] = &["organisation", "programme", "category", "tag", "district", "language", "feature", "locale"];
/// What an organisation's address takes.
pub const OF_ORGANISATION: &[&str] = &["programme", "category", "tag", "district", "language", "feature", "locale"];
/// What an event's address takes.
pub const OF_EVENT: &[&str] = &["locale"];
/// What a person's own address takes.
pub const OF_PERSON: &[&str] = &["locale"];

/// Parameters of an address at the most.
const MOST: usize = 50;

/// What a calendar is narrowed to. All that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrowing {
    /// Slug of a host, in any role.
    pub organisation: Option<String>,
    /// Slug of a programme.
    pub programme: Option<String>,
    /// What sort of event.
    pub category: Option<EventCategory>,
    /// Slug of a topic.
    pub tag: Option<String>,
    /// District of the venue.
    pub district: Option<String>,
    /// A language that it is held in or interpreted into.
    pub language: Option<String>,
    /// Features of accessibility that were stated to be there.
    pub features: Vec<AccessibilityFeature>,
    /// The language of its texts; each event's original where none is given.
    pub locale: Option<Locale>,
}

/// What cannot be read of an address.
#[derive(Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// A parameter that there is not.
    Parameter(String),
    /// A value that a parameter cannot have.
    Value(String, String),
    /// A parameter that is given again, and can have one value only.
    Twice(String),
    /// More parameters than any calendar has.
    TooMany,
}

impl Narrowing {
    /// Reads the query of an address that takes these parameters.
    ///
    /// # Errors
    /// The first parameter or value that makes no sense.
    pub fn read(query: &str, known: &[&str]) -> Result<Self, Unreadable> {
        let mut narrowing = Self::default();
        for (at, (name, value)) in form_urlencoded::parse(query.as_bytes()).enumerate() {
            if at == MOST {
                return Err(Unreadable::TooMany);
            }
            if !known.contains(&&*name) {
                return Err(Unreadable::Parameter(short(&name)));
            }
            narrowing.take(&name, &value)?;
        }
        Ok(narrowing)
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), Unreadable> {
        let unsound = || Unreadable::Value(name.to_owned(), short(value));
        let text = || if value.chars().count() <= 200 && !value.contains('\0') { Ok(value.to_owned()) } else { Err(unsound()) };
        let locale = || value.parse::<Locale>().map_err(|_| unsound());
        let is_first = match name {
            "organisation" => self.organisation.replace(text()?).is_none(),
            "programme" => self.programme.replace(text()?).is_none(),
            "category" => {
                let category = EventCategory::try_from_value(&stored(value)).map_err(|_| unsound())?;
                self.category.replace(category).is_none()
            }
            "tag" => self.tag.replace(text()?).is_none(),
            "district" => self.district.replace(text()?).is_none(),
            "language" => self.language.replace(locale()?.to_string()).is_none(),
            "locale" => self.locale.replace(locale()?).is_none(),
            "feature" => {
                let feature = AccessibilityFeature::try_from_value(&stored(value)).map_err(|_| unsound())?;
                if !self.features.contains(&feature) {
                    self.features.push(feature);
                }
                true
            }
            _ => return Err(Unreadable::Parameter(short(name))),
        };
        if is_first { Ok(()) } else { Err(Unreadable::Twice(name.to_owned())) }
    }

    /// The query of its address, with a question mark; empty where it narrows nothing.
    #[must_use]
    pub fn query(&self) -> String {
        let words = [
            ("organisation", self.organisation.clone()),
            ("programme", self.programme.clone()),
            ("category", self.category.map(|category| written(&category))),
            ("tag", self.tag.clone()),
            ("district", self.district.clone()),
            ("language", self.language.clone()),
        ];
        let given = words.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let features = self.features.iter().map(|feature| ("feature", written(feature)));
        let locale = self.locale.iter().map(|locale| ("locale", locale.to_string()));
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(given.chain(features).chain(locale)).finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }
}

impl Unreadable {
    /// What is wrong, in German or English.
    #[must_use]
    pub fn message(&self, is_german: bool) -> String {
        match (self, is_german) {
            (Self::Parameter(name), true) => format!("„{name}“ kennt sie nicht"),
            (Self::Parameter(name), false) => format!("\"{name}\" means nothing here"),
            (Self::Value(name, value), true) => format!("„{name}“ kann nicht „{value}“ sein"),
            (Self::Value(name, value), false) => format!("\"{name}\" cannot be \"{value}\""),
            (Self::Twice(name), true) => format!("„{name}“ steht mehrmals darin"),
            (Self::Twice(name), false) => format!("\"{name}\" is given more than once"),
            (Self::TooMany, true) => format!("mehr als {MOST} Angaben sind zu viele"),
            (Self::TooMany, false) => format!("more than {MOST} parameters are too many"),
        }
    }
}

/// A word of an address as it is stored: `step-free` as `STEP_FREE`.
fn stored(word: &str) -> String {
    word.to_ascii_uppercase().replace('-', "_")
}

/// A stored word as addresses have it.
fn written(word: &impl ActiveEnum<Value = String>) -> String {
    word.to_value().to_ascii_lowercase().replace('_', "-")
}

fn short(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(60).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_read_back_as_what_it_was_written_from() {
        let narrowing = Narrowing {
            organisation: Some("kargah".to_owned()),
            category: Some(EventCategory::Concert),
            district: Some("Linden & Süd".to_owned()),
            features: vec![AccessibilityFeature::StepFree, AccessibilityFeature::SignLanguage],
            locale: "de-simple".parse().ok(),
            ..Narrowing::default()
        };
        assert_eq!(
            narrowing.query(),
            "?organisation=kargah&category=concert&district=Linden+%26+S%C3%BCd&feature=step-free&feature=sign-language&locale=de-simple"
        );
        assert_eq!(Narrowing::read(narrowing.query().trim_start_matches('?'), OF_NETWORK), Ok(narrowing));
        assert_eq!(Narrowing::default().query(), "");
        assert_eq!(Narrowing::read("", OF_EVENT), Ok(Narrowing::default()));
    }

    #[test]
    fn words_are_read_as_addresses_and_as_the_schema_have_them() {
        for query in ["feature=step-free&feature=STEP_FREE", "feature=step_free"] {
            assert_eq!(Narrowing::read(query, OF_NETWORK).unwrap().features, [AccessibilityFeature::StepFree], "{query}");
        }
        assert_eq!(Narrowing::read("category=CONCERT", OF_NETWORK).unwrap().category, Some(EventCategory::Concert));
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        let refused = |query: &str, known: &[&str]| Narrowing::read(query, known).unwrap_err();
        assert_eq!(refused("organization=x", OF_NETWORK), Unreadable::Parameter("organization".to_owned()));
        assert_eq!(refused("organisation=x", OF_ORGANISATION), Unreadable::Parameter("organisation".to_owned()));
        assert_eq!(refused("tag=x", OF_EVENT), Unreadable::Parameter("tag".to_owned()));
        assert_eq!(refused("category=party", OF_NETWORK), Unreadable::Value("category".to_owned(), "party".to_owned()));
        assert_eq!(refused("locale=de_DE", OF_EVENT), Unreadable::Value("locale".to_owned(), "de_DE".to_owned()));
        assert_eq!(refused("tag=x%00", OF_NETWORK), Unreadable::Value("tag".to_owned(), "x".to_owned()));
        assert_eq!(refused("tag=a&tag=b", OF_NETWORK), Unreadable::Twice("tag".to_owned()));
        assert_eq!(refused(&"feature=step-free&".repeat(51), OF_NETWORK), Unreadable::TooMany);
    }

    proptest! {
        #[test]
        fn every_text_without_u_0000_can_stand_in_an_address(district in "[^\\x00]{0,200}", tag in "\\PC{0,200}") {
            let narrowing = Narrowing { district: Some(district), tag: Some(tag), ..Narrowing::default() };
            prop_assert_eq!(Narrowing::read(&narrowing.query()[1..], OF_NETWORK), Ok(narrowing));
        }

        #[test]
        fn no_query_makes_reading_panic(query in "\\PC{0,100}") {
            let _ = Narrowing::read(&query, OF_NETWORK).map_err(|unreadable| unreadable.message(true));
        }
    }
}
