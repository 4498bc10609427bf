//! The readable part of an address.

use std::fmt;
use std::str::FromStr;

/// Small ASCII letters, digits and hyphens, up to 100 of them, e.g. `zehn-jahre-miso-2022`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slug(String);

/// A text that is no slug.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a slug is made of small letters a to z, digits, and single hyphens between them")]
pub struct NotASlug;

impl Slug {
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
        if text.len() <= 100 && text.split('-').all(sound) { Ok(Self(text.to_owned())) } else { Err(NotASlug) }
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
    fn only_what_an_address_can_bear_is_a_slug() {
        assert!("vom-lip-zum-wir-2-0".parse::<Slug>().is_ok());
        for bad in ["", "-a", "a--b", "Ä", "a b", "a/b", "a.b", "A"] {
            assert_eq!(bad.parse::<Slug>(), Err(NotASlug), "{bad}");
        }
    }
}
