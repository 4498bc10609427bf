//! The name of a person, as they want to be called. It may be a pseudonym.

use std::fmt;

use super::refusal::Why;
use super::text;

/// Characters of a name at the most.
const MOST: usize = text::TITLE;

/// A name on one line, without spaces around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonName(String);

impl PersonName {
    /// Reads a name. Line breaks and other control characters become spaces.
    ///
    /// # Errors
    /// [`Why::Required`] for an empty one, [`Why::TooLong`] for more than 200 characters.
    pub fn parse(text: &str) -> Result<Self, Why> {
        text::required_line(text, MOST).map(Self)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_one_line() {
        assert_eq!(PersonName::parse("  Amal\r\nBcc: x@example.org\t ").unwrap().as_str(), "Amal Bcc: x@example.org");
        assert_eq!(PersonName::parse(" \u{0} \n "), Err(Why::Required));
        assert_eq!(PersonName::parse(&"ä".repeat(201)), Err(Why::TooLong(200)));
    }

    proptest! {
        #[test]
        fn no_name_has_a_control_character(text in any::<String>()) {
            if let Ok(name) = PersonName::parse(&text) {
                prop_assert!(!name.as_str().chars().any(char::is_control));
                prop_assert_eq!(PersonName::parse(name.as_str()), Ok(name));
            }
        }
    }
}
