//! The doors of feeds.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use uuid::Uuid;

use super::podcast;
use crate::app::App;
use crate::http::conditional::{Content, answer};
use crate::kernel::{Fault, Refused};

/// The addresses of all feeds.
pub fn router(app: App) -> Router {
    Router::new().route("/programmes/{slug}/podcast.xml", get(of_programme)).with_state(app)
}

async fn of_programme(State(app): State<App>, Path(slug): Path<String>, headers: HeaderMap) -> Response {
    let feed = match podcast::of_programme(&app, &slug).await {
        Ok(feed) => feed,
        Err(Fault::Refused(Refused::NotFound)) => return (StatusCode::NOT_FOUND, "There is no such podcast.\n").into_response(),
        Err(fault) => {
            let incident = app.new_id::<Uuid>().simple().to_string();
            tracing::error!(incident, %fault, "a podcast could not be given");
            let words = format!("Something went wrong on our side. Please try again later; incident {incident}.\n");
            return (StatusCode::INTERNAL_SERVER_ERROR, words).into_response();
        }
    };
    let content = Content {
        media_type: "application/rss+xml; charset=utf-8",
        body: feed.text.into(),
        last_modified: feed.last_modified,
        filename: None,
        cache_control: "public, max-age=300, stale-while-revalidate=86400",
    };
    let mut response = answer(&headers, content);
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}
