//! Links: which ones a page may carry, and addresses within the site.

use url::Url;

/// The address, where it is one that a page may link to: no `javascript:`, no `data:`.
pub fn harmless(address: &str) -> Option<&str> {
    let url = Url::parse(address).ok()?;
    matches!(url.scheme(), "http" | "https" | "webcal" | "mailto" | "tel").then_some(address)
}

/// The path of an address of the site, given whole or as a path. It leads nowhere else, whatever was given.
pub fn path(address: &str) -> String {
    let path = Url::parse(address).map_or_else(|_| address.to_owned(), |url| url.path().to_owned());
    format!("/{}", path.trim_start_matches(['/', '\\']))
}

/// An address as people write it: without scheme, `www.`, and a slash at its end.
pub fn spoken(address: &str) -> &str {
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_addresses_are_linked() {
        for good in ["https://a.example/b?c", "webcal://a.example/x.ics", "mailto:a@b.example"] {
            assert_eq!(harmless(good), Some(good));
        }
        for bad in ["javascript:alert(1)", "JaVaScript:alert(1)", "data:text/html,x", " javascript:x", "", "/x"] {
            assert_eq!(harmless(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_path_stays_within_the_site() {
        assert_eq!(path("https://miso.example/events/a"), "/events/a");
        assert_eq!(path("/events/a"), "/events/a");
        assert_eq!(path("https://miso.example//evil.example"), "/evil.example");
        assert_eq!(path("//evil.example"), "/evil.example");
        assert_eq!(path("\\\\evil.example"), "/evil.example");
    }

    #[test]
    fn an_address_is_said_without_its_machinery() {
        assert_eq!(spoken("https://www.miso.example/"), "miso.example");
        assert_eq!(spoken("http://a.example/b"), "a.example/b");
    }
}
