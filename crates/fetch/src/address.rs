//! Addresses that may be fetched from.

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

use crate::Failure;

/// Bytes of an address at the most.
const LONGEST: usize = 2000;

/// An address that may be fetched from: `https` or `http`, with a host, without user and password. Shown without its path, which may be
/// a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(Url);

/// Why something is no address to fetch from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFetchable {
    /// It is no address with one of the schemes.
    #[error("not an address that begins with https://, http:// or webcal://")]
    NoAddress,
    /// It has a user or a password in it, which would be kept and shown.
    #[error("an address with a user or a password")]
    WithPassword,
}

impl Address {
    /// The host and port that it names, as people write them.
    #[must_use]
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// The host as an address of its own: what is there for everybody to know.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("{}://{}/", self.0.scheme(), self.host())
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether what is asked and said stays between the two.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    pub(crate) fn name(&self) -> Option<Host<&str>> {
        self.0.host()
    }

    pub(crate) fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or(if self.is_encrypted() { 443 } else { 80 })
    }

    /// What is asked of the host.
    pub(crate) fn target(&self) -> String {
        self.0.query().map_or_else(|| self.0.path().to_owned(), |query| format!("{}?{query}", self.0.path()))
    }

    /// Where a redirect leads.
    pub(crate) fn moved(&self, location: &str) -> Result<Self, Failure> {
        let url = self.0.join(location).map_err(|_| Failure::BadRedirect)?;
        let next = Self::of(url).map_err(|_| Failure::BadRedirect)?;
        if self.is_encrypted() && !next.is_encrypted() { Err(Failure::BadRedirect) } else { Ok(next) }
    }

    fn of(mut url: Url) -> Result<Self, NotFetchable> {
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() || url.as_str().len() > LONGEST {
            return Err(NotFetchable::NoAddress);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(NotFetchable::WithPassword);
        }
        url.set_fragment(None);
        Ok(Self(url))
    }
}

impl FromStr for Address {
    type Err = NotFetchable;

    fn from_str(text: &str) -> Result<Self, NotFetchable> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://").ok_or(NotFetchable::NoAddress)?;
        // What calendar programs call it.
        let text = match scheme.to_ascii_lowercase().as_str() {
            "webcal" | "webcals" => format!("https://{rest}"),
            _ => text.to_owned(),
        };
        Self::of(Url::parse(&text).map_err(|_| NotFetchable::NoAddress)?)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}/…", self.0.scheme(), self.host())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_of_the_web_or_of_a_calendar() {
        let read = |text: &str| text.parse::<Address>().map(|address| address.as_str().to_owned());
        assert_eq!(read(" webcal://a.example/b.ics?c#d "), Ok("https://a.example/b.ics?c".to_owned()));
        assert_eq!(read("http://a.example:8080/b"), Ok("http://a.example:8080/b".to_owned()));
        for none in
            ["", "a.example", "file:///etc/passwd", "ftp://a.example/", "gopher://a.example/", "https://", "javascript://x", "data:x"]
        {
            assert_eq!(read(none), Err(NotFetchable::NoAddress), "{none}");
        }
        assert_eq!(read("https://u:p@a.example/"), Err(NotFetchable::WithPassword));
        assert_eq!(read(&format!("https://a.example/{}", "x".repeat(2000))), Err(NotFetchable::NoAddress));
    }

    #[test]
    fn a_redirect_gives_nothing_up() {
        let here: Address = "https://a.example/b/c".parse().unwrap();
        assert_eq!(here.moved("../d").unwrap().as_str(), "https://a.example/d");
        assert_eq!(here.moved("//b.example/").unwrap().as_str(), "https://b.example/");
        for bad in ["http://a.example/", "file:///x", "https://u@b.example/", "https://["] {
            assert_eq!(here.moved(bad), Err(Failure::BadRedirect), "{bad}");
        }
    }

    #[test]
    fn no_log_repeats_what_may_be_a_secret() {
        let address: Address = "https://calendar.example/private-4711/basic.ics?key=4711".parse().unwrap();
        assert_eq!(format!("{address:?}"), "https://calendar.example/…");
    }
}
