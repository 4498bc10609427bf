//! GraphiQL, the workbench for queries, from our own origin: no other site hears who uses it, and it works offline.
//!
//! Its files lie in `graphiql/assets`, compressed as they are sent; `vendor.mjs` there makes them anew. Their names bear
//! versions, so that a browser may keep them for ever.

use std::sync::LazyLock;

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::conditional;

/// What its page may load. The editor sets styles from its script, which is all that it needs beyond its own files.
const CONTENT: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

const FOR_EVER: &str = "public, max-age=31536000, immutable";

const SCRIPT: &str = "text/javascript; charset=utf-8";

macro_rules! compressed {
    ($name:literal) => {
        ($name, include_bytes!(concat!("graphiql/assets/", $name, ".gz")).as_slice())
    };
}

static FILES: [(&str, &[u8]); 5] = [
    compressed!("graphiql-3.9.0.css"),
    compressed!("graphiql-3.9.0.js"),
    compressed!("react-18.3.1.js"),
    compressed!("react-dom-18.3.1.js"),
    compressed!("licences.txt"),
];

static START: &str = include_str!("graphiql/assets/start.js");

/// The name of our own script, which changes with what is in it.
static START_NAME: LazyLock<String> = LazyLock::new(|| format!("start-{}.js", conditional::tag(START.as_bytes())));

static PAGE: LazyLock<Bytes> = LazyLock::new(|| include_str!("graphiql/page.html").replace("START", &START_NAME).into());

/// The page.
#[must_use]
pub fn page() -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, CONTENT),
        (CACHE_CONTROL, "no-cache"),
        // The same address answers programs with JSON.
        (VARY, "accept"),
    ];
    (headers, PAGE.clone()).into_response()
}

/// A file of the page.
pub async fn asset(Path(name): Path<String>) -> Response {
    if name == *START_NAME {
        return ([(CONTENT_TYPE, SCRIPT), (CACHE_CONTROL, FOR_EVER)], START).into_response();
    }
    let Some((name, bytes)) = FILES.iter().find(|(known, _)| *known == name) else { return StatusCode::NOT_FOUND.into_response() };
    let media_type = match name.rsplit_once('.') {
        Some((_, "css")) => "text/css; charset=utf-8",
        Some((_, "js")) => SCRIPT,
        _ => "text/plain; charset=utf-8",
    };
    let mut response = ([(CONTENT_TYPE, media_type), (CACHE_CONTROL, FOR_EVER)], *bytes).into_response();
    response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_file_that_the_page_names_is_there() {
        let page = String::from_utf8(PAGE.to_vec()).unwrap();
        let names: Vec<_> = page.split("/graphql/assets/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(names.len(), 5);
        for name in names {
            assert_eq!(asset(Path(name.to_owned())).await.status(), 200, "{name}");
        }
        assert_eq!(asset(Path("../page.html".to_owned())).await.status(), 404);
    }

    #[test]
    fn the_page_asks_nobody_else() {
        let page = String::from_utf8(PAGE.to_vec()).unwrap();
        assert!(!page.contains("//") && !START.contains("http"));
    }

    #[test]
    fn every_file_is_small_enough_to_live_in_the_repository() {
        assert!(FILES.iter().all(|(_, bytes)| bytes.len() < 512 * 1024 && bytes.starts_with(&[0x1f, 0x8b])));
    }
}
