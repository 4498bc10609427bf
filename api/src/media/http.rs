//! The door of pictures and recordings: addresses that never change what they give, and give nothing that a browser would run.

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header::{
    ACCEPT_RANGES, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower::ServiceExt;
use tower_http::services::ServeFile;

use crate::app::App;
use crate::files::FileName;

/// For a year: another content has another name.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The addresses of all media.
pub fn router(app: App) -> Router {
    Router::new().route("/media/{folder}/{file}", get(file)).with_state(app)
}

async fn file(State(app): State<App>, Path((folder, file)): Path<(String, String)>, request: Request) -> Response {
    match file.parse::<FileName>() {
        Ok(name) if name.folder() == folder => give(&app, &name, request).await,
        _ => missing(),
    }
}

async fn give(app: &App, name: &FileName, request: Request) -> Response {
    let tag = format!("\"{name}\"");
    let mut response = if knows(request.headers(), &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let path = app.files.storage.path_of(name);
        match ServeFile::new(path).oneshot(request).await {
            Ok(response) if response.status() != StatusCode::NOT_FOUND => response.into_response(),
            Ok(_) => return missing(),
            Err(never) => match never {},
        }
    };
    let headers = response.headers_mut();
    let own: [(HeaderName, &str); 6] = [
        (CONTENT_TYPE, name.media_type()),
        (CACHE_CONTROL, FOR_EVER),
        (ETAG, &tag),
        (ACCEPT_RANGES, "bytes"),
        // Whatever somebody gets a browser to take it for: it runs nothing.
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        // Associations show them on sites of their own, and podcast programs fetch them.
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    for (header, value) in own {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(header, value);
        }
    }
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    response
}

/// Whether a client has it already. No two contents have one name.
fn knows(headers: &HeaderMap, tag: &str) -> bool {
    let fields = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    fields.flat_map(|field| field.split(',')).any(|theirs| theirs.trim() == "*" || theirs.trim().trim_start_matches("W/") == tag)
}

fn missing() -> Response {
    StatusCode::NOT_FOUND.into_response()
}
