//! Where a mail goes, and whom it names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Octets of the part before the `@` (RFC 5321 4.5.3.1.1).
const LONGEST_LOCAL_PART: usize = 64;

/// An address that may stand in an envelope and in a header: ASCII, without quotes, spaces and line breaks.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

/// A text that is no address, or one that most servers do not take.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotAnAddress {
    /// It is not of the form `name@example.org`.
    #[error("not an e-mail address such as name@example.org")]
    Malformed,
    /// There are letters before the `@` that only servers with SMTPUTF8 take.
    #[error("the part before the @ has letters that most mail servers refuse")]
    LocalPartNotAscii,
}

impl Address {
    /// Reads an address. Its domain is written as the name system has it: in small letters, and others than ASCII as `xn--…`.
    ///
    /// # Errors
    /// When it is not of the form `name@domain`, or has a part in quotes, or letters other than ASCII before the `@`.
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        let (local, domain) = text.trim().rsplit_once('@').ok_or(NotAnAddress::Malformed)?;
        if !local.is_ascii() {
            return Err(NotAnAddress::LocalPartNotAscii);
        }
        let local_is_sound = (1..=LONGEST_LOCAL_PART).contains(&local.len()) && local.split('.').all(is_atom);
        let domain = idna::domain_to_ascii_strict(domain).map_err(|_| NotAnAddress::Malformed)?;
        let domain_is_sound = !domain.is_empty() && domain.split('.').all(|label| !label.is_empty());
        if local_is_sound && domain_is_sound { Ok(Self(format!("{local}@{domain}"))) } else { Err(NotAnAddress::Malformed) }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What follows the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// Whether it is an atom of RFC 5322 3.2.3.
pub(crate) fn is_atom(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
}

impl FromStr for Address {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Address {
    type Error = NotAnAddress;

    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        Self::parse(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    /// Name of the person or organisation, in any letters.
    pub name: Option<String>,
    /// Address.
    pub address: Address,
}

impl Mailbox {
    /// An address with a name.
    #[must_use]
    pub fn named(name: impl Into<String>, address: Address) -> Self {
        Self { name: Some(name.into()), address }
    }
}

impl From<Address> for Mailbox {
    fn from(address: Address) -> Self {
        Self { name: None, address }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_can_break_out_of_a_header_or_a_command() {
        let bad = ["", "a", "@b.de", "a@", "a b@c.de", "a@c.de\r\nBcc: x@y.de", "a@c.de,b@c.de", "a@c.de> SIZE=1", ".a@c.de", "a..b@c.de"];
        for text in
            bad.into_iter().chain(["<a@c.de>", "a\"@c.de", "\"a b\"@c.de", "a@c..de", "a@[127.0.0.1]", "a\0@c.de", "a@c\n.de", "a@-c.de"])
        {
            assert_eq!(Address::parse(text), Err(NotAnAddress::Malformed), "{text:?}");
        }
        assert_eq!(Address::parse("jürgen@example.org"), Err(NotAnAddress::LocalPartNotAscii));
    }

    #[test]
    fn domains_are_written_as_the_name_system_has_them() {
        assert_eq!(Address::parse(" Info+x@Bücher.Example ").unwrap().as_str(), "Info+x@xn--bcher-kva.example");
        assert_eq!(Address::parse("miso@localhost").unwrap().domain(), "localhost");
    }
}
