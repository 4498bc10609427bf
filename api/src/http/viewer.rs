//! Who asks, and in which languages: read once for each request, from its headers and its address.

use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::{HeaderMap, Uri};

use super::negotiation::joined;
use crate::access::Viewer;
use crate::app::{App, Cx};
use crate::kernel::Wanted;

/// What a use case needs to know of a request.
pub async fn cx_of(app: &App, headers: &HeaderMap, uri: &Uri) -> Cx {
    Cx { app: app.clone(), viewer: viewer_of(app, headers).await, wanted: wanted_of(headers, uri) }
}

/// Who asks. Nobody can sign in yet, so everybody is a visitor.
pub async fn viewer_of(_app: &App, _headers: &HeaderMap) -> Viewer {
    Viewer::Visitor
}

/// The languages that are wanted: `?locale=` before what the browser says.
#[must_use]
pub fn wanted_of(headers: &HeaderMap, uri: &Uri) -> Wanted {
    let wanted = Wanted::from_header(&joined(headers, &ACCEPT_LANGUAGE));
    let mut parameters = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    match parameters.find_map(|(name, value)| (name == "locale").then(|| value.parse())) {
        Some(Ok(locale)) => wanted.led_by(locale),
        _ => wanted,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_address_leads_and_what_is_no_language_is_passed_over() {
        let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_static("en, tr;q=0.5"))]);
        let first = |uri: &str| {
            let wanted = wanted_of(&headers, &uri.parse().unwrap());
            wanted.choose(["de", "en", "tr"].into_iter()).map(str::to_owned)
        };
        assert_eq!(first("/").as_deref(), Some("en"));
        assert_eq!(first("/?x=1&locale=tr").as_deref(), Some("tr"));
        assert_eq!(first("/?locale=%00").as_deref(), Some("en"));
    }
}
