//! `/schema.graphql`: the schema as text, for those who generate code from it.

use std::sync::LazyLock;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::Edge;
use super::conditional::{Content, answer};

/// Printed once: it lies in the code.
static TEXT: LazyLock<Bytes> = LazyLock::new(|| Bytes::from(crate::schema::sdl()));

/// The schema.
pub async fn get(State(edge): State<Edge>, headers: HeaderMap) -> Response {
    let content = Content {
        media_type: "text/plain; charset=utf-8",
        body: TEXT.clone(),
        last_modified: edge.began,
        filename: None,
        cache_control: "public, max-age=300",
    };
    answer(&headers, content)
}
