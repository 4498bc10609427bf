//! Compression, and tags that tell the compressed bytes from the plain ones.

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_ENCODING, ETAG};
use axum::middleware::Next;
use axum::response::Response;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use super::conditional::ENCODINGS;

/// Compresses what can be compressed. Brotli's default level takes ten times as long for a tenth less.
#[must_use]
pub fn compression() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Precise(5))
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
