//! The doors of calendars: plain addresses for programs that follow no redirects, send no cookies, and ask for no media type.

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use uuid::Uuid;

use super::feed::{self, Feed};
use super::narrowing::{Narrowing, Unreadable};
use crate::app::App;
use crate::http::conditional::{Content, answer};
use crate::kernel::{Fault, Refused};

/// The addresses of all calendars.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/calendar.ics", get(of_network))
        .route("/organisations/{slug}/calendar.ics", get(of_organisation))
        .route("/events/{slug}/calendar.ics", get(of_event))
        .with_state(app)
}

async fn of_network(State(app): State<App>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    match Narrowing::read(query.as_deref().unwrap_or_default()) {
        Ok(narrowing) => respond(&app, &headers, feed::narrowed(&app, &narrowing).await),
        Err(unreadable) => refuse(&unreadable),
    }
}

async fn of_organisation(State(app): State<App>, Path(slug): Path<String>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    match Narrowing::read(query.as_deref().unwrap_or_default()) {
        Ok(narrowing) => respond(&app, &headers, feed::of_organisation(&app, &slug, &narrowing).await),
        Err(unreadable) => refuse(&unreadable),
    }
}

async fn of_event(State(app): State<App>, Path(slug): Path<String>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    match Narrowing::read(query.as_deref().unwrap_or_default()) {
        Ok(narrowing) => respond(&app, &headers, feed::of_event(&app, &slug, &narrowing).await),
        Err(unreadable) => refuse(&unreadable),
    }
}

fn respond(app: &App, headers: &HeaderMap, outcome: Result<Feed, Fault>) -> Response {
    let feed = match outcome {
        Ok(feed) => feed,
        Err(Fault::Refused(Refused::NotFound)) => return (StatusCode::NOT_FOUND, "There is no such calendar.\n").into_response(),
        Err(fault) => {
            let incident = app.new_id::<Uuid>().simple().to_string();
            tracing::error!(incident, %fault, "a calendar could not be given");
            let words = format!("Something went wrong on our side. Please try again later; incident {incident}.\n");
            return (StatusCode::INTERNAL_SERVER_ERROR, words).into_response();
        }
    };
    let content = Content {
        media_type: "text/calendar; charset=utf-8",
        body: feed.text.into(),
        last_modified: feed.last_modified,
        filename: Some(feed.filename),
        cache_control: "public, max-age=300, stale-while-revalidate=86400",
    };
    let mut response = answer(headers, content);
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

fn refuse(unreadable: &Unreadable) -> Response {
    let known = "organisation, programme, category, tag, district, language, feature, locale";
    (StatusCode::BAD_REQUEST, format!("This calendar's address cannot be read: {unreadable}. It takes {known}.\n")).into_response()
}
