//! How a question becomes a response: ask the schema, look at what came back, write the page.

use std::collections::HashMap;
use std::error::Error as _;

use async_graphql::{Executor, Name, Request, ServerError, Value, Variables};
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, HeaderName, LOCATION, REFERRER_POLICY, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::forms::filled::Filled;
use crate::links;
use crate::pages::{Asking, MISSING, Page};
use crate::site::Site;
use crate::templates::{Shown, Templates};
use crate::visit::Visit;

/// What a page is answered with whose address holds a secret: nobody is told the address, keeps the page, or finds it.
const OF_SECRETS: [(HeaderName, &str); 3] =
    [(REFERRER_POLICY, "no-referrer"), (CACHE_CONTROL, "no-store"), (HeaderName::from_static("x-robots-tag"), "noindex")];

/// What every page is answered with.
#[derive(Debug)]
pub struct House<E> {
    /// Who answers questions.
    pub executor: E,
    /// What is told from outside.
    pub site: Site,
    /// How answers look.
    pub templates: Templates,
}

/// The parts of a path that have names, where there are any.
pub type Named = Result<Option<Path<HashMap<String, String>>>, PathRejection>;

/// The same, read.
#[derive(Debug, Default)]
pub struct Parts {
    /// The secret.
    pub token: Option<String>,
    /// The slug.
    pub slug: Option<String>,
}

/// What the schema answered to a page's question.
#[derive(Debug)]
pub enum Answer {
    /// This.
    Data(Value),
    /// That there is no such thing.
    Nothing,
    /// Nothing that it should have.
    Fault,
}

impl Parts {
    /// Those of a path; none where it is not written as paths are.
    pub fn of(named: Named) -> Option<Self> {
        let mut named = named.ok()?.map(|Path(named)| named).unwrap_or_default();
        Some(Self { token: named.remove("token"), slug: named.remove("slug") })
    }
}

impl<E: Executor> House<E> {
    /// The answer to a visit of a page.
    pub async fn open(&self, page: &'static Page, visit: Visit, named: Named) -> Response {
        let visit = Visit { has_secret: page.has_secret(), ..visit };
        let Some(parts) = Parts::of(named) else { return self.missing(visit).await };
        let data = match self.ask(page, &visit, &parts).await {
            Answer::Data(data) => data,
            Answer::Nothing => return self.missing(visit).await,
            Answer::Fault => return self.fault(visit),
        };
        if let Some(subject) = page.subject {
            match field(&data, subject) {
                None | Some(Value::Null) => return self.missing(visit).await,
                Some(found) => {
                    if let Some(address) = moved(found, parts.slug.as_deref(), &visit) {
                        return (StatusCode::PERMANENT_REDIRECT, [(LOCATION, address)]).into_response();
                    }
                }
            }
        }
        let form = Filled { key: (self.site.new_key)(), ..Filled::default() };
        self.write(StatusCode::OK, page.name, data, visit, form)
    }

    /// The answer where nothing is.
    pub async fn missing(&self, visit: Visit) -> Response {
        match self.ask(&MISSING, &visit, &Parts::default()).await {
            Answer::Data(data) => self.write(StatusCode::NOT_FOUND, MISSING.name, data, visit, Filled::default()),
            Answer::Nothing | Answer::Fault => self.fault(visit),
        }
    }

    /// The answer where something is wrong with us.
    pub fn fault(&self, visit: Visit) -> Response {
        self.write(StatusCode::INTERNAL_SERVER_ERROR, "fault", Value::Null, visit, Filled::default())
    }

    /// Asks a page's question.
    pub async fn ask(&self, page: &Page, visit: &Visit, parts: &Parts) -> Answer {
        let asking = Asking { visit, slug: parts.slug.as_deref(), token: parts.token.as_deref(), now: (self.site.now)() };
        let variables = Variables::from_json((page.variables)(&asking));
        let request = Request::new(page.query).variables(variables).data(visit.asked.clone());
        let response = self.executor.execute(request).await;
        if response.errors.is_empty() {
            return Answer::Data(response.data);
        }
        // A cursor that somebody made up, for example, leads nowhere; it is no fault of ours.
        if response.errors.iter().all(|error| matches!(code(error), Some("BAD_USER_INPUT" | "NOT_FOUND"))) {
            return Answer::Nothing;
        }
        let codes: Vec<&str> = response.errors.iter().filter_map(code).collect();
        tracing::error!(page = page.name, errors = response.errors.len(), ?codes, "the schema did not answer a page's question");
        Answer::Fault
    }

    /// Writes a page.
    pub fn write(&self, status: StatusCode, name: &'static str, data: Value, visit: Visit, form: Filled) -> Response {
        let headers = [
            (CONTENT_TYPE, "text/html; charset=utf-8"),
            (CONTENT_LANGUAGE, visit.language.tag()),
            (VARY, "Accept-Language, Cookie"),
            // What is on it may depend on who is signed in.
            (CACHE_CONTROL, "private, no-cache"),
        ];
        match self.templates.render(Shown { name, data, visit: visit.clone(), form, site: &self.site }) {
            Ok(html) => of_secrets(&visit, (status, headers, html).into_response()),
            Err(error) => {
                let cause = std::iter::successors(error.source(), |cause| (*cause).source()).last().map(ToString::to_string);
                tracing::error!(page = name, error = %error, cause, "a page could not be written");
                if name == "fault" { StatusCode::INTERNAL_SERVER_ERROR.into_response() } else { self.fault(visit) }
            }
        }
    }
}

/// Adds to an answer what those have whose addresses hold secrets.
pub fn of_secrets(visit: &Visit, mut response: Response) -> Response {
    if visit.has_secret {
        for (name, value) in OF_SECRETS {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

/// The code of an error.
pub fn code(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code),
        _ => None,
    }
}

/// A field of an answer.
pub fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    match value {
        Value::Object(fields) => fields.get(&Name::new(name)),
        _ => None,
    }
}

/// Where a thing is that was asked for by an earlier slug.
fn moved(found: &Value, slug: Option<&str>, visit: &Visit) -> Option<String> {
    match (field(found, "slug")?, field(found, "url")?) {
        (Value::String(own), Value::String(url)) if Some(own.as_str()) != slug => Some(visit.parameters.behind(&links::path(url))),
        _ => None,
    }
}
