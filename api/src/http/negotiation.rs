//! Which media type a client takes, and which it sends.

use axum::http::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName};

/// How a GraphQL answer is written: the same JSON, but another meaning of the status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `application/json`: 200 for whatever GraphQL says, as old clients expect.
    Json,
    /// `application/graphql-response+json`: 400 for a request that could not be executed.
    GraphqlResponse,
}

impl Format {
    /// The header's value.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }
}

/// The format that a client takes: the newer one where it is named and not worth less, else the older one, also for a
/// client that does not say; none where it takes neither.
#[must_use]
pub fn format(headers: &HeaderMap) -> Option<Format> {
    let accepted = accepted(headers);
    if accepted.is_empty() {
        return Some(Format::Json);
    }
    let quality = |media_type: &str| accepted.iter().find(|(theirs, _)| theirs == media_type).map(|(_, quality)| *quality);
    let any = quality("application/*").or_else(|| quality("*/*")).unwrap_or(0.0);
    let newer = quality("application/graphql-response+json");
    let older = quality("application/json").unwrap_or(any);
    match newer {
        Some(newer) if newer > 0.0 && newer >= older => Some(Format::GraphqlResponse),
        _ if older > 0.0 => Some(Format::Json),
        _ => None,
    }
}

/// Whether it is a browser that wants to show a page.
#[must_use]
pub fn wants_page(headers: &HeaderMap) -> bool {
    accepted(headers).iter().any(|(media_type, quality)| media_type == "text/html" && *quality > 0.0)
}

/// Whether a body comes as JSON in UTF-8, not encoded further.
///
/// This is also what keeps other sites' forms out: a browser sends `application/json` across origins only after it asked
/// whether it may, and it is never told that it may with cookies.
#[must_use]
pub fn sends_json(headers: &HeaderMap) -> bool {
    let Some(content_type) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    let mut parts = content_type.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|media_type| media_type.eq_ignore_ascii_case("application/json"));
    let is_utf8 = parts
        .filter_map(|part| part.split_once('='))
        .all(|(name, value)| !name.trim().eq_ignore_ascii_case("charset") || value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8"));
    is_json && is_utf8 && headers.get(CONTENT_ENCODING).is_none_or(|encoding| encoding == "identity")
}

/// The boundary between the parts of a body, where it comes in parts.
#[must_use]
pub fn boundary(headers: &HeaderMap) -> Option<String> {
    multer::parse_boundary(headers.get(CONTENT_TYPE)?.to_str().ok()?).ok()
}

/// All values of a header, as if it had been sent once.
#[must_use]
pub fn joined(headers: &HeaderMap, name: &HeaderName) -> String {
    headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",")
}

fn accepted(headers: &HeaderMap) -> Vec<(String, f32)> {
    let item = |item: &str| {
        let mut parts = item.split(';').map(str::trim);
        let media_type = parts.next().filter(|media_type| !media_type.is_empty())?.to_ascii_lowercase();
        let quality = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |quality| quality.parse().ok());
        Some((media_type, quality.unwrap_or(0.0)))
    };
    joined(headers, &ACCEPT).split(',').filter_map(item).collect()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn accept(value: &str) -> Option<Format> {
        format(&HeaderMap::from_iter([(ACCEPT, HeaderValue::from_str(value).unwrap())]))
    }

    #[test]
    fn the_newer_format_goes_to_who_names_it() {
        assert_eq!(format(&HeaderMap::new()), Some(Format::Json));
        for older in
            ["", "*/*", "application/*", "application/json", "text/html, */*;q=0.1", "application/graphql-response+json;q=0.5, */*"]
        {
            assert_eq!(accept(older), Some(Format::Json), "{older}");
        }
        for newer in [
            "application/graphql-response+json",
            "application/json, application/graphql-response+json",
            "application/graphql-response+json, application/json;q=0.9",
            "APPLICATION/GraphQL-Response+JSON; charset=utf-8",
        ] {
            assert_eq!(accept(newer), Some(Format::GraphqlResponse), "{newer}");
        }
        for neither in ["text/html", "image/*", "application/json;q=0", "application/xml"] {
            assert_eq!(accept(neither), None, "{neither}");
        }
    }

    #[test]
    fn only_json_in_utf_8_is_taken() {
        let sends = |value: &str| sends_json(&HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_str(value).unwrap())]));
        assert!(sends("application/json") && sends("Application/JSON; charset=\"UTF-8\""));
        for other in ["text/plain", "application/json; charset=latin1", "multipart/form-data", "application/x-www-form-urlencoded", ""] {
            assert!(!sends(other), "{other}");
        }
        assert!(!sends_json(&HeaderMap::new()));
    }
}
