//! Answers that a client may already have: validators, and 304 where nothing is new (RFC 9110 section 13).

use axum::body::{Body, Bytes};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, NaiveDateTime, SubsecRound, Utc};
use sha2::{Digest, Sha256};

/// What an encoded answer adds to its tag: its bytes are others than those of the plain one.
pub const ENCODINGS: [&str; 2] = ["gzip", "br"];

/// Something to answer with, and since when it is as it is.
#[derive(Clone, Debug)]
pub struct Content {
    /// Its media type, e.g. `text/calendar; charset=utf-8`.
    pub media_type: &'static str,
    /// Its bytes. Equal bytes get equal tags.
    pub body: Bytes,
    /// When it last changed; HTTP has whole seconds.
    pub last_modified: DateTime<Utc>,
    /// The name to save it under; none where it has none.
    pub filename: Option<String>,
    /// Who may keep it and for how long, e.g. `public, max-age=300`.
    pub cache_control: &'static str,
}

/// By what a client knows again what it has.
#[derive(Clone, Copy, Debug)]
pub struct Validators<'a> {
    /// The tag of the bytes, without quotes.
    pub tag: &'a str,
    /// When they last changed; HTTP has whole seconds.
    pub last_modified: DateTime<Utc>,
    /// Who may keep them and for how long.
    pub cache_control: &'static str,
}

/// Answers 200 with the content, or 304 to a client that has it already. To `HEAD`, axum leaves the body away.
#[must_use]
pub fn answer(asked: &HeaderMap, content: Content) -> Response {
    let tag = tag(&content.body);
    let validators = Validators { tag: &tag, last_modified: content.last_modified, cache_control: content.cache_control };
    known(asked, &validators).unwrap_or_else(|| whole(&validators, content.media_type, content.filename.as_deref(), content.body))
}

/// 304 to a client that has it already. `If-None-Match` decides where it is there, and `If-Modified-Since` where it is not; what
/// cannot be read of either is passed over.
#[must_use]
pub fn known(asked: &HeaderMap, validators: &Validators<'_>) -> Option<Response> {
    let known = if asked.contains_key(IF_NONE_MATCH) {
        known_tag(asked, validators.tag)
    } else {
        let since = asked.get(IF_MODIFIED_SINCE).and_then(|value| parse_date(value.to_str().ok()?));
        since.filter(|since| validators.last_modified.trunc_subsecs(0) <= *since).map(|_| validators.tag.to_owned())
    }?;
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    validate(response.headers_mut(), &known, validators);
    Some(response)
}

/// 200 with all of it.
#[must_use]
pub fn whole(validators: &Validators<'_>, media_type: &str, filename: Option<&str>, body: Bytes) -> Response {
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    validate(headers, validators.tag, validators);
    set(headers, CONTENT_TYPE, media_type);
    if let Some(name) = filename {
        set(headers, CONTENT_DISPOSITION, &disposition(name));
    }
    response
}

fn validate(headers: &mut HeaderMap, tag: &str, validators: &Validators<'_>) {
    set(headers, ETAG, &format!("\"{tag}\""));
    set(headers, LAST_MODIFIED, &date(validators.last_modified));
    set(headers, CACHE_CONTROL, validators.cache_control);
    set(headers, VARY, "accept-encoding");
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// A date as HTTP writes it, e.g. `Tue, 17 May 2022 16:00:00 GMT`.
#[must_use]
pub fn date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// The tag of some bytes, without quotes.
#[must_use]
pub fn tag(body: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(body)[..16])
}

/// The one of the client's tags that stands for `tag`, compared weakly: itself, or that of an encoded answer.
fn known_tag(asked: &HeaderMap, tag: &str) -> Option<String> {
    let fields = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    for field in fields {
        if field.trim() == "*" {
            return Some(tag.to_owned());
        }
        // In a list of tags, what stands between quotes is every other piece.
        let found = field.split('"').skip(1).step_by(2).find(|theirs| {
            let rest = theirs.strip_prefix(tag);
            rest == Some("") || rest.and_then(|rest| rest.strip_prefix('-')).is_some_and(|encoding| ENCODINGS.contains(&encoding))
        });
        if let Some(found) = found {
            return Some(found.to_owned());
        }
    }
    None
}

/// Reads a date in any of the three ways that HTTP knows (RFC 9110 section 5.6.7).
fn parse_date(text: &str) -> Option<DateTime<Utc>> {
    ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text.trim(), format).ok())
        .map(|at| at.and_utc())
}

/// A header that makes a browser save under this name, whatever the name is made of.
fn disposition(name: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() || "-_. ".contains(letter) { letter } else { '_' };
    format!("inline; filename=\"{}\"", name.chars().map(plain).collect::<String>())
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn content() -> Content {
        Content {
            media_type: "text/calendar; charset=utf-8",
            body: Bytes::from_static(b"BEGIN:VCALENDAR"),
            last_modified: Utc.with_ymd_and_hms(2022, 5, 17, 16, 0, 0).unwrap() + chrono::TimeDelta::milliseconds(300),
            filename: None,
            cache_control: "public, max-age=300",
        }
    }

    fn status(name: HeaderName, value: &str) -> u16 {
        let asked = HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())]);
        answer(&asked, content()).status().as_u16()
    }

    #[test]
    fn the_first_answer_carries_validators_that_bring_304_later() {
        let first = answer(&HeaderMap::new(), content());
        assert_eq!(first.status(), 200);
        assert_eq!(first.headers()[LAST_MODIFIED], "Tue, 17 May 2022 16:00:00 GMT");
        let tag = first.headers()[ETAG].to_str().unwrap().to_owned();
        assert!(tag.starts_with('"') && tag.len() == 24, "{tag}");
        for list in [tag.clone(), format!("W/{tag}"), format!("\"x,y\" , {tag}"), "*".to_owned(), format!("junk, {tag}")] {
            assert_eq!(status(IF_NONE_MATCH, &list), 304, "{list}");
        }
        assert_eq!(status(IF_NONE_MATCH, "\"other\", W/\"x\""), 200);
        assert_eq!(status(IF_NONE_MATCH, "junk"), 200);
    }

    #[test]
    fn the_tag_of_an_encoded_answer_is_known_and_repeated() {
        let encoded = format!("\"{}-br\"", tag(&content().body));
        let asked = HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_str(&encoded).unwrap())]);
        let answer = answer(&asked, content());
        assert_eq!(answer.status(), 304);
        assert_eq!(answer.headers()[ETAG], encoded);
        assert_eq!(answer.headers()[CACHE_CONTROL], "public, max-age=300");
        assert_eq!(answer.headers()[VARY], "accept-encoding");
        assert!(!answer.headers().contains_key(CONTENT_TYPE));
        assert_eq!(status(IF_NONE_MATCH, &encoded.replace("-br", "-zip")), 200);
    }

    #[test]
    fn dates_are_read_as_clients_write_them_and_junk_is_passed_over() {
        for known in ["Tue, 17 May 2022 16:00:00 GMT", "Tuesday, 17-May-22 16:00:00 GMT", "Tue May 17 16:00:00 2022"] {
            assert_eq!(status(IF_MODIFIED_SINCE, known), 304, "{known}");
        }
        for unknown in ["Tue, 17 May 2022 15:59:59 GMT", "yesterday", "", "2022-05-17"] {
            assert_eq!(status(IF_MODIFIED_SINCE, unknown), 200, "{unknown}");
        }
    }

    #[test]
    fn a_tag_wins_over_a_date() {
        let asked = HeaderMap::from_iter([
            (IF_NONE_MATCH, HeaderValue::from_static("\"old\"")),
            (IF_MODIFIED_SINCE, HeaderValue::from_static("Tue, 17 May 2032 16:00:00 GMT")),
        ]);
        assert_eq!(answer(&asked, content()).status(), 200);
    }

    #[test]
    fn no_file_name_breaks_out_of_its_header() {
        let named = Content { filename: Some("Fest\"; x=\r\nA: b.ics".into()), ..content() };
        let answer = answer(&HeaderMap::new(), named);
        assert_eq!(answer.headers()[CONTENT_DISPOSITION], "inline; filename=\"Fest__ x___A_ b.ics\"");
    }
}
