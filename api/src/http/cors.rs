//! Which other sites may read our answers: every one, as they are public, and never with the reader's cookies.
//!
//! Associations show their events on sites of their own, straight from `/graphql`. As `*` goes without credentials, a browser
//! sends such a request as a visitor's, or with an access token that the page itself holds; it never lends one site the
//! session that a person has at another. JSON alone is taken, or a file with the header
//! `GraphQL-Preflight`, so that a browser asks first (a preflight) before it posts.

use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS,
    ACCESS_CONTROL_MAX_AGE, ALLOW,
};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Lets every site read an answer.
pub async fn open_to_all(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response.headers_mut().insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("etag, retry-after, x-request-id"));
    response
}

/// Answers a browser that asks whether it may post.
pub async fn preflight() -> Response {
    let headers = [
        (ALLOW, "GET, HEAD, POST, OPTIONS"),
        (ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST"),
        (ACCESS_CONTROL_ALLOW_HEADERS, "accept, accept-language, authorization, content-type, graphql-preflight, x-request-id"),
        (ACCESS_CONTROL_MAX_AGE, "86400"),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}
