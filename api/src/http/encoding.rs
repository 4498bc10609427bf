//! Compression, and tags that tell the compressed bytes from the plain ones.

use std::convert::Infallible;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::BodyExt;
use tokio::runtime::Handle;
use tower::{Layer, ServiceExt, service_fn};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use super::conditional::ENCODINGS;
use super::negotiation::joined;

/// Compresses what can be compressed. Brotli's default level takes ten times as long for a tenth less.
#[must_use]
pub fn compression() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Precise(5))
}

/// Which of [`ENCODINGS`] a client takes, the one that makes it smallest first.
#[must_use]
pub fn taken(asked: &HeaderMap) -> Option<usize> {
    let said = joined(asked, &ACCEPT_ENCODING).to_ascii_lowercase();
    let takes = |encoding: &str| {
        said.split(',').any(|one| {
            let mut parts = one.split(';').map(str::trim);
            let is_it = parts.next() == Some(encoding);
            is_it && !parts.any(|part| matches!(part.strip_prefix("q=").map(|q| q.trim_end_matches(['0', '.'])), Some("")))
        })
    };
    (0..ENCODINGS.len()).rev().find(|at| takes(ENCODINGS[*at]))
}

/// Some bytes in one of [`ENCODINGS`], to be kept; none where that did not work.
pub async fn encoded(body: Bytes, encoding: usize) -> Option<Bytes> {
    let service = compression().layer(service_fn(move |_: Request| {
        let mut response = Response::new(Body::from(body.clone()));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
        std::future::ready(Ok::<_, Infallible>(response))
    }));
    let request = Request::builder().header(ACCEPT_ENCODING, ENCODINGS[encoding]).body(Body::empty()).ok()?;
    let runtime = Handle::current();
    // Compressing takes a while, and keeps nobody else waiting.
    let work = move || {
        runtime.block_on(async move {
            let response = service.oneshot(request).await.ok()?;
            let is_encoded = response.headers().get(CONTENT_ENCODING).is_some_and(|own| own == ENCODINGS[encoding]);
            let body = response.into_body().collect().await.ok()?.to_bytes();
            is_encoded.then_some(body)
        })
    };
    tokio::task::spawn_blocking(work).await.ok().flatten()
}

/// Says of an answer how its bytes are encoded already.
pub fn say_encoded(response: &mut Response, encoding: usize) {
    response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(ENCODINGS[encoding]));
}

/// Gives an encoded answer a tag of its own, `"…-gzip"` or `"…-br"`: a strong tag names bytes.
pub async fn tagged(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let encoding = headers.get(CONTENT_ENCODING).and_then(|encoding| encoding.to_str().ok());
    let tag = headers.get(ETAG).and_then(|tag| tag.to_str().ok()?.strip_prefix('"')?.strip_suffix('"'));
    let (Some(encoding), Some(tag)) = (encoding, tag) else { return response };
    if ENCODINGS.contains(&encoding)
        && !tag.ends_with(&format!("-{encoding}"))
        && let Ok(tag) = HeaderValue::from_str(&format!("\"{tag}-{encoding}\""))
    {
        headers.insert(ETAG, tag);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_that_a_client_takes_is_chosen() {
        let taken = |said: &'static str| taken(&HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(said))]));
        let name = |said| taken(said).map(|at| ENCODINGS[at]);
        assert_eq!(name("gzip, deflate, br"), Some("br"));
        assert_eq!(name("GZIP;q=0.5, br;q=0"), Some("gzip"));
        assert_eq!(name("br;q=0.0, gzip; q=0"), None);
        assert_eq!(name("identity"), None);
        assert_eq!(name("br;q=0.1"), Some("br"));
    }

    #[tokio::test]
    async fn what_is_encoded_to_be_kept_is_smaller() {
        for encoding in 0..ENCODINGS.len() {
            let bytes = encoded(Bytes::from("BEGIN:VEVENT\r\n".repeat(1000)), encoding).await.unwrap();
            assert!(bytes.len() < 500, "{}", bytes.len());
        }
    }
}
