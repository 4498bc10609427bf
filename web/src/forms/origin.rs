//! From whose page a form was sent: nobody else's page presses our buttons.

use axum::http::HeaderMap;
use axum::http::header::{HOST, HeaderName, ORIGIN};
use url::{Origin, Url};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether the browser says that a form stood on somebody else's page.
///
/// A page with a secret in its address has its browser tell nobody where it comes from, which makes its own origin `null`
/// too; what a browser without `Sec-Fetch-Site` sends from there is taken, as only who has the secret knows the address.
#[must_use]
pub fn is_foreign(headers: &HeaderMap, public_url: &str, has_secret: bool) -> bool {
    let said = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("null"));
    match (said(&FETCH_SITE), said(&ORIGIN)) {
        (Some("same-origin" | "none"), _) | (None, None) => false,
        (Some(_), _) => true,
        (None, Some("null")) => !has_secret,
        (None, Some(origin)) => !is_ours(origin, public_url, said(&HOST)),
    }
}

/// Whether it is our address, or the one by which this very request reached us.
fn is_ours(origin: &str, public_url: &str, host: Option<&str>) -> bool {
    let origin_of = |address: &str| Url::parse(address).ok().map(|url| url.origin()).filter(Origin::is_tuple);
    let reached = host.and_then(|host| origin.strip_suffix(host)).is_some_and(|scheme| matches!(scheme, "http://" | "https://"));
    reached || origin_of(origin).is_some_and(|origin| Some(origin) == origin_of(public_url))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn foreign(said: &[(HeaderName, &'static str)], has_secret: bool) -> bool {
        let headers = said.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
        is_foreign(&headers, "https://miso.example", has_secret)
    }

    #[test]
    fn our_own_pages_and_programs_may_send() {
        for site in ["same-origin", "none"] {
            assert!(!foreign(&[(FETCH_SITE, site), (ORIGIN, "null")], false));
        }
        assert!(!foreign(&[], false));
        assert!(!foreign(&[(ORIGIN, "https://miso.example")], false));
        assert!(!foreign(&[(ORIGIN, "https://miso.example:443")], false));
        assert!(!foreign(&[(ORIGIN, "http://127.0.0.1:8080"), (HOST, "127.0.0.1:8080")], false));
        assert!(!foreign(&[(ORIGIN, "null")], true), "older browsers on a page that hides its address");
    }

    #[test]
    fn pages_of_others_may_not() {
        for site in ["cross-site", "same-site", "new-word"] {
            assert!(foreign(&[(FETCH_SITE, site), (ORIGIN, "https://miso.example")], true), "{site}");
        }
        for origin in
            ["https://evil.example", "http://miso.example", "https://miso.example.evil.example", "https://evil-miso.example", "null", "x"]
        {
            assert!(foreign(&[(ORIGIN, origin), (HOST, "miso.example:8080")], false), "{origin}");
        }
        assert!(foreign(&[(ORIGIN, "https://evil.example"), (HOST, "example")], true));
    }
}
