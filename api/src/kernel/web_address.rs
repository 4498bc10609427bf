//! An address on the web that is safe to link to.

use std::fmt;
use std::str::FromStr;

use url::Url;

/// An absolute address of `http` or `https`, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebAddress(String);

/// A text that is no such address.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an address that begins with https:// or http://")]
pub struct NotAWebAddress;

impl WebAddress {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for WebAddress {
    type Err = NotAWebAddress;

    fn from_str(text: &str) -> Result<Self, NotAWebAddress> {
        let text = text.trim();
        let plain = text.len() <= 2000 && !text.chars().any(|letter| letter.is_control() || letter.is_whitespace());
        match Url::parse(text) {
            Ok(address) if plain && matches!(address.scheme(), "http" | "https") && address.has_host() => Ok(Self(text.to_owned())),
            _ => Err(NotAWebAddress),
        }
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_files_are_no_addresses() {
        assert!("https://miso-netzwerk.de/aktuelles/x-gew%C3%A4hlt?a=1&b=2".parse::<WebAddress>().is_ok());
        for bad in ["", "miso-netzwerk.de", "javascript:alert(1)", "data:text/html,x", "https://", "https://a b", "https://a\nb"] {
            assert_eq!(bad.parse::<WebAddress>(), Err(NotAWebAddress), "{bad}");
        }
    }
}
