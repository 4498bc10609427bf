//! The readable part of an address.

use std::fmt;
use std::str::FromStr;

use super::fold;

/// Small ASCII letters, digits and hyphens, up to 100 of them, e.g. `zehn-jahre-miso-2022`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

/// A text that is no slug.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a slug is made of small letters a to z, digits, and single hyphens between them")]
pub struct NotASlug;

/// Characters of a slug at the most.
const MOST: usize = 100;

impl Slug {
    /// A slug made of the words of a title, as many of them as fit; none where it has no letter that an address can bear.
    #[must_use]
    pub fn of_title(title: &str) -> Option<Self> {
        let plain = fold::for_addresses(title);
        let mut slug = String::new();
        for word in plain.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
            if slug.len() + word.len() >= MOST - 10 {
                break;
            }
            if !slug.is_empty() {
                slug.push('-');
            }
            slug.push_str(word);
        }
        slug.parse().ok()
    }

    /// The same with a number behind it.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Self {
        Self(format!("{}-{number}", self.0))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = NotASlug;

    fn from_str(text: &str) -> Result<Self, NotASlug> {
        let sound = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        if text.len() <= MOST && text.split('-').all(sound) { Ok(Self(text.to_owned())) } else { Err(NotASlug) }
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_its_words() {
        let slug = |title: &str| Slug::of_title(title).map(|slug| slug.to_string());
        assert_eq!(slug("Vom LIP zum WIR 2.0: Für Größe & Arkadaş").as_deref(), Some("vom-lip-zum-wir-2-0-fuer-groesse-arkadas"));
        assert_eq!(slug("مرحبا"), None);
        let long = slug(&"wort ".repeat(60)).unwrap();
        assert!(long.len() <= 90 && long.ends_with("-wort"));
    }

    #[test]
    fn only_what_an_address_can_bear_is_a_slug() {
        assert!("vom-lip-zum-wir-2-0".parse::<Slug>().is_ok());
        for bad in ["", "-a", "a--b", "Ä", "a b", "a/b", "a.b", "A"] {
            assert_eq!(bad.parse::<Slug>(), Err(NotASlug), "{bad}");
        }
    }
}
