//! Style and icon.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::Router;
use axum::http::HeaderName;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::routing::get;

const STYLE: &str = include_str!("../assets/site.css");
const ICON: &str = include_str!("../assets/icon.svg");

/// Where they are.
pub fn router() -> Router {
    Router::new()
        .route("/assets/site.css", get(|| async { answer("text/css; charset=utf-8", STYLE) }))
        .route("/assets/icon.svg", get(|| async { answer("image/svg+xml", ICON) }))
        .route("/favicon.ico", get(|| async { answer("image/svg+xml", ICON) }))
}

/// A mark of their content, which pages put behind their addresses: what a browser has kept of an earlier one is not used.
pub fn version() -> String {
    let mut hasher = DefaultHasher::new();
    (STYLE, ICON).hash(&mut hasher);
    format!("{:x}", hasher.finish())
}

fn answer(media_type: &'static str, content: &'static str) -> ([(HeaderName, &'static str); 2], &'static str) {
    ([(CONTENT_TYPE, media_type), (CACHE_CONTROL, "public, max-age=86400")], content)
}
