//! An e-mail address that is safe to write into a header.

use std::fmt;
use std::str::FromStr;

/// A mailbox at a domain. Kept as it was typed, its domain in small letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailAddress(String);

/// A text that is no e-mail address.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address such as name@example.org")]
pub struct NotAnEmailAddress;

impl EmailAddress {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EmailAddress {
    type Err = NotAnEmailAddress;

    fn from_str(text: &str) -> Result<Self, NotAnEmailAddress> {
        let (mailbox, domain) = text.trim().rsplit_once('@').ok_or(NotAnEmailAddress)?;
        let mailbox_is_sound = (1..=64).contains(&mailbox.len())
            && mailbox.split('.').all(|atom| !atom.is_empty())
            && mailbox.chars().all(|letter| letter.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(letter));
        let label_is_sound = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
        };
        let domain_is_sound = domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label_is_sound);
        if mailbox_is_sound && domain_is_sound { Ok(Self(format!("{mailbox}@{}", domain.to_lowercase()))) } else { Err(NotAnEmailAddress) }
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_can_break_out_of_a_header() {
        assert_eq!(" info@MiSO-Netzwerk.de ".parse::<EmailAddress>().unwrap().as_str(), "info@miso-netzwerk.de");
        for bad in ["", "a", "a@b", "a@b..de", "a b@c.de", "a@c.de\r\nBcc: x@y.de", "a@c.de,b@c.de", ".a@c.de", "<a@c.de>", "a\"@c.de"] {
            assert_eq!(bad.parse::<EmailAddress>(), Err(NotAnEmailAddress), "{bad}");
        }
    }
}
