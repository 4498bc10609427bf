//! The pages: where each is, what it asks, and what becomes of the answer.

use std::sync::Arc;

use async_graphql::{Executor, Request, Variables};
use axum::Router;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, LOCATION, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::SecondsFormat;
use minijinja::value::Serde;
use minijinja::{Value, context};
use serde_json::json;

use crate::language::{Language, parameter};
use crate::{Asked, Site, render};

macro_rules! pages {
    ($($name:literal),+ $(,)?) => {
        /// Every template, by its page.
        pub const TEMPLATES: &[(&str, &str)] = &[
            ("layout", include_str!("../pages/layout/page.html")),
            ("dates", include_str!("../pages/layout/dates.html")),
            ("problem", include_str!("../pages/problem/page.html")),
            $(($name, include_str!(concat!("../pages/", $name, "/page.html")))),+
        ];

        /// What every page asks.
        pub const QUERIES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../pages/", $name, "/query.graphql")))),+];
    };
}

pages!["home", "organisations", "organisation", "events", "event", "posts", "post", "programme", "search"];

struct Pages<E> {
    executor: E,
    site: Site,
}

/// The addresses of all pages.
pub fn router<E: Executor>(executor: E, site: Site) -> Router {
    let pages = Arc::new(Pages { executor, site });
    Router::new()
        .route("/", get(home::<E>))
        .route("/organisations", get(organisations::<E>))
        .route("/organisations/{slug}", get(organisation::<E>))
        .route("/events", get(events::<E>))
        .route("/events/{slug}", get(event::<E>))
        .route("/posts", get(posts::<E>))
        .route("/posts/{slug}", get(post::<E>))
        .route("/programmes/{slug}", get(programme::<E>))
        .route("/search", get(search::<E>))
        .fallback(get(nowhere::<E>))
        .with_state(pages)
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self { headers: parts.headers.clone(), uri: parts.uri.clone() })
    }
}

async fn home<E: Executor>(State(pages): State<Arc<Pages<E>>>, asked: Asked) -> Response {
    let now = pages.now();
    pages.show("home", &asked, json!({ "now": now }), None).await
}

async fn organisations<E: Executor>(State(pages): State<Arc<Pages<E>>>, asked: Asked) -> Response {
    let filter = json!({ "kind": "MEMBER", "district": parameter(&asked, "district"), "search": parameter(&asked, "search") });
    pages.show("organisations", &asked, json!({ "where": filter, "after": parameter(&asked, "after") }), None).await
}

async fn organisation<E: Executor>(State(pages): State<Arc<Pages<E>>>, Path(slug): Path<String>, asked: Asked) -> Response {
    let now = pages.now();
    pages.show("organisation", &asked, json!({ "slug": slug, "now": now }), Some(("organisation", &slug))).await
}

async fn events<E: Executor>(State(pages): State<Arc<Pages<E>>>, asked: Asked) -> Response {
    let past = parameter(&asked, "past").is_some();
    let range = if past { json!({ "until": pages.now() }) } else { json!({ "from": pages.now() }) };
    let size = if past { ("last", "before") } else { ("first", "after") };
    let variables = json!({ "where": { "startsAt": range }, size.0: 30, size.1: parameter(&asked, size.1) });
    pages.show("events", &asked, variables, None).await
}

async fn event<E: Executor>(State(pages): State<Arc<Pages<E>>>, Path(slug): Path<String>, asked: Asked) -> Response {
    pages.show("event", &asked, json!({ "slug": slug }), Some(("event", &slug))).await
}

async fn posts<E: Executor>(State(pages): State<Arc<Pages<E>>>, asked: Asked) -> Response {
    pages.show("posts", &asked, json!({ "after": parameter(&asked, "after") }), None).await
}

async fn post<E: Executor>(State(pages): State<Arc<Pages<E>>>, Path(slug): Path<String>, asked: Asked) -> Response {
    pages.show("post", &asked, json!({ "slug": slug }), Some(("post", &slug))).await
}

async fn programme<E: Executor>(State(pages): State<Arc<Pages<E>>>, Path(slug): Path<String>, asked: Asked) -> Response {
    pages.show("programme", &asked, json!({ "slug": slug }), Some(("programme", &slug))).await
}

async fn search<E: Executor>(State(pages): State<Arc<Pages<E>>>, asked: Asked) -> Response {
    let words: String = parameter(&asked, "q").unwrap_or_default().chars().take(200).collect();
    pages.show("search", &asked, json!({ "query": words, "after": parameter(&asked, "after") }), None).await
}

async fn nowhere<E: Executor>(State(pages): State<Arc<Pages<E>>>, asked: Asked) -> Response {
    pages.problem(&asked, StatusCode::NOT_FOUND)
}

impl<E: Executor> Pages<E> {
    fn now(&self) -> String {
        (self.site.now)().to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// Asks a page's question and shows its answer. `named` is the field that must be there, and the slug it was asked by: a slug
    /// that it no longer has leads on to its new address.
    async fn show(&self, name: &'static str, asked: &Asked, variables: serde_json::Value, named: Option<(&str, &str)>) -> Response {
        let language = Language::of(asked);
        let query = QUERIES.iter().find(|(page, _)| *page == name).map_or("", |(_, query)| query);
        let request = Request::new(query).variables(Variables::from_json(variables)).data(asked.clone());
        let answer = self.executor.execute(request).await;
        if let Some(error) = answer.errors.first() {
            let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code")).map(ToString::to_string);
            if code.as_deref() == Some("\"BAD_USER_INPUT\"") {
                return self.problem(asked, StatusCode::BAD_REQUEST);
            }
            tracing::error!(page = name, error = %error.message, "a page's question was not answered");
            return self.problem(asked, StatusCode::INTERNAL_SERVER_ERROR);
        }
        let data = answer.data.into_json().unwrap_or_default();
        if let Some((field, slug)) = named {
            match data[field]["slug"].as_str() {
                None => return self.problem(asked, StatusCode::NOT_FOUND),
                Some(current) if current != slug => return moved(data[field]["url"].as_str().unwrap_or("/"), asked),
                Some(_) => {}
            }
        }
        self.respond(StatusCode::OK, name, language, asked, Value::from(Serde(&data)))
    }

    fn problem(&self, asked: &Asked, status: StatusCode) -> Response {
        let kind = match status {
            StatusCode::NOT_FOUND => "not_found",
            StatusCode::BAD_REQUEST => "bad_request",
            _ => "failure",
        };
        self.respond(status, "problem", Language::of(asked), asked, context! { kind })
    }

    fn respond(&self, status: StatusCode, name: &str, language: Language, asked: &Asked, data: Value) -> Response {
        let shell = context! {
            language => language.tag(),
            path => asked.uri.path(),
            public_url => &self.site.public_url,
            shows_starter_data => self.site.shows_starter_data,
            query => parameter(asked, "q").unwrap_or_default(),
            district => parameter(asked, "district").unwrap_or_default(),
            search_words => parameter(asked, "search").unwrap_or_default(),
            past => parameter(asked, "past").is_some(),
        };
        match render::page(name, language, context! { data, ..shell }) {
            Ok(page) => (
                status,
                [
                    (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
                    (CONTENT_LANGUAGE, HeaderValue::from_static(language.tag())),
                    (VARY, HeaderValue::from_static("accept-language")),
                ],
                page,
            )
                .into_response(),
            Err(error) => {
                tracing::error!(page = name, %error, "a page could not be shown");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

/// Leads on to the new address of something, in the language asked for.
fn moved(url: &str, asked: &Asked) -> Response {
    let query = asked.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    match HeaderValue::try_from(format!("{url}{query}")) {
        Ok(location) => (StatusCode::PERMANENT_REDIRECT, [(LOCATION, location)]).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
