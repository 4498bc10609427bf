//! The doors of feeds.

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::latest::{Latest, Scope, latest};
use super::{atom, issues, json, podcast, rss};
use crate::app::App;
use crate::http::conditional::{Content, answer};
use crate::kernel::{Fault, Refused};

/// How the latest posts are written.
#[derive(Clone, Copy)]
struct Format {
    ending: &'static str,
    media_type: &'static str,
    write: fn(&Latest) -> String,
}

const FORMATS: [Format; 3] = [
    Format { ending: "atom", media_type: "application/atom+xml; charset=utf-8", write: atom::write },
    Format { ending: "rss", media_type: "application/rss+xml; charset=utf-8", write: rss::write },
    Format { ending: "json", media_type: "application/feed+json; charset=utf-8", write: json::write },
];

/// The addresses of all feeds.
pub fn router(app: App) -> Router {
    let mut router = Router::new().route("/programmes/{slug}/podcast.xml", get(of_programme));
    for format in FORMATS {
        let of_network = async move |State(app): State<App>, RawQuery(query): RawQuery, headers: HeaderMap| {
            of_posts(&app, format, None, query, &headers).await
        };
        let of_organisation =
            async move |State(app): State<App>, Path(slug): Path<String>, RawQuery(query): RawQuery, headers: HeaderMap| {
                of_posts(&app, format, Some(slug), query, &headers).await
            };
        let of_newsletter = async move |State(app): State<App>, Path(slug): Path<String>, RawQuery(query): RawQuery, headers: HeaderMap| {
            of_issues(&app, format, &slug, query, &headers).await
        };
        router = router
            .route(&format!("/posts.{}", format.ending), get(of_network))
            .route(&format!("/organisations/{{slug}}/posts.{}", format.ending), get(of_organisation))
            .route(&format!("/newsletters/{{slug}}/issues.{}", format.ending), get(of_newsletter));
    }
    router.with_state(app)
}

async fn of_posts(app: &App, format: Format, organisation: Option<String>, query: Option<String>, headers: &HeaderMap) -> Response {
    let Some(scope) = Scope::read(organisation, query.as_deref().unwrap_or_default()) else {
        return (StatusCode::BAD_REQUEST, "This feed's address takes tag and locale, each once.\n").into_response();
    };
    match latest(app, &scope).await {
        Ok(latest) => respond(headers, (format.write)(&latest).into_bytes(), format.media_type, latest.last_modified),
        Err(fault) => refuse(app, &fault),
    }
}

async fn of_issues(app: &App, format: Format, slug: &str, query: Option<String>, headers: &HeaderMap) -> Response {
    let scope = Scope::read(None, query.as_deref().unwrap_or_default()).filter(|scope| scope.tag.is_none());
    let Some(scope) = scope else { return (StatusCode::BAD_REQUEST, "This feed's address takes locale, once.\n").into_response() };
    match issues::of_newsletter(app, slug, &scope).await {
        Ok(latest) => respond(headers, (format.write)(&latest).into_bytes(), format.media_type, latest.last_modified),
        Err(fault) => refuse(app, &fault),
    }
}

async fn of_programme(State(app): State<App>, Path(slug): Path<String>, headers: HeaderMap) -> Response {
    match podcast::of_programme(&app, &slug).await {
        Ok(feed) => respond(&headers, feed.text, "application/rss+xml; charset=utf-8", feed.last_modified),
        Err(fault) => refuse(&app, &fault),
    }
}

fn respond(headers: &HeaderMap, text: Vec<u8>, media_type: &'static str, last_modified: DateTime<Utc>) -> Response {
    let cache_control = "public, max-age=300, stale-while-revalidate=86400";
    let mut response = answer(headers, Content { media_type, body: text.into(), last_modified, filename: None, cache_control });
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

fn refuse(app: &App, fault: &Fault) -> Response {
    if matches!(fault, Fault::Refused(Refused::NotFound)) {
        return (StatusCode::NOT_FOUND, "There is no such feed.\n").into_response();
    }
    let incident = app.new_id::<Uuid>().simple().to_string();
    tracing::error!(incident, %fault, "a feed could not be given");
    let words = format!("Something went wrong on our side. Please try again later; incident {incident}.\n");
    (StatusCode::INTERNAL_SERVER_ERROR, words).into_response()
}
