//! What a calendar is narrowed to, as its address has it.

use entity::words::{AccessibilityFeature, EventCategory};
use sea_orm::ActiveEnum;
use url::form_urlencoded;

use crate::kernel::Locale;

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
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A parameter that there is not.
    #[error("there is no parameter {0}")]
    Parameter(String),
    /// A value that a parameter cannot have.
    #[error("{0} cannot be {1}")]
    Value(String, String),
}

impl Narrowing {
    /// Reads the query of an address.
    ///
    /// # Errors
    /// The first parameter or value that makes no sense.
    pub fn read(query: &str) -> Result<Self, Unreadable> {
        let mut narrowing = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()).take(50) {
            let unsound = || Unreadable::Value(short(&name), short(&value));
            let text = || {
                if value.chars().count() <= 200 && !value.chars().any(char::is_control) {
                    Ok(Some(value.to_string()))
                } else {
                    Err(unsound())
                }
            };
            let locale = || value.parse::<Locale>().map_err(|_| unsound());
            match &*name {
                "organisation" => narrowing.organisation = text()?,
                "programme" => narrowing.programme = text()?,
                "category" => narrowing.category = Some(EventCategory::try_from_value(&value.to_uppercase()).map_err(|_| unsound())?),
                "tag" => narrowing.tag = text()?,
                "district" => narrowing.district = text()?,
                "language" => narrowing.language = Some(locale()?.to_string()),
                "locale" => narrowing.locale = Some(locale()?),
                "feature" => {
                    let feature = AccessibilityFeature::try_from_value(&value.to_uppercase().replace('-', "_")).map_err(|_| unsound())?;
                    if !narrowing.features.contains(&feature) {
                        narrowing.features.push(feature);
                    }
                }
                _ => return Err(Unreadable::Parameter(short(&name))),
            }
        }
        Ok(narrowing)
    }

    /// The query of its address, with a question mark; empty where it narrows nothing.
    #[must_use]
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let locale = self.locale.as_ref().map(ToString::to_string);
        let words = [
            ("organisation", self.organisation.clone()),
            ("programme", self.programme.clone()),
            ("category", self.category.map(|category| category.to_value().to_lowercase())),
            ("tag", self.tag.clone()),
            ("district", self.district.clone()),
            ("language", self.language.clone()),
            ("locale", locale),
        ];
        for (name, value) in words {
            if let Some(value) = value {
                query.append_pair(name, &value);
            }
        }
        for feature in &self.features {
            query.append_pair("feature", &feature.to_value().to_lowercase().replace('_', "-"));
        }
        let query = query.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    /// What it is narrowed to, in words for the calendar's name; empty where it narrows nothing.
    #[must_use]
    pub fn words(&self) -> String {
        let category = self.category.map(|category| category.to_value().to_lowercase());
        let given = [&self.organisation, &self.programme, &category, &self.tag, &self.district, &self.language];
        let features = self.features.iter().map(|feature| feature.to_value().to_lowercase().replace('_', "-"));
        given.into_iter().flatten().cloned().chain(features).collect::<Vec<_>>().join(", ")
    }
}

fn short(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_back_as_what_it_was_written_from() {
        let narrowing = Narrowing {
            organisation: Some("kargah".to_owned()),
            category: Some(EventCategory::Concert),
            district: Some("Linden & Süd".to_owned()),
            features: vec![AccessibilityFeature::StepFree, AccessibilityFeature::SignLanguage],
            ..Narrowing::default()
        };
        assert_eq!(Narrowing::read(narrowing.query().trim_start_matches('?')), Ok(narrowing));
        assert_eq!(Narrowing::default().query(), "");
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        assert_eq!(Narrowing::read("organization=x"), Err(Unreadable::Parameter("organization".to_owned())));
        assert_eq!(Narrowing::read("category=party"), Err(Unreadable::Value("category".to_owned(), "party".to_owned())));
    }
}
