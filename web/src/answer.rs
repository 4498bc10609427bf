//! How a question becomes a response: ask the schema, look at what came back, write the page.

use async_graphql::{Executor, Name, Request, ServerError, Value, Variables};
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, LOCATION, VARY};
use axum::response::{IntoResponse, Response};

use crate::links;
use crate::pages::{Asking, MISSING, Page};
use crate::site::Site;
use crate::templates::{Shown, Templates};
use crate::visit::Visit;

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

/// The last part of a path, where there is one.
pub type Slug = Result<Option<Path<String>>, PathRejection>;

enum Answer {
    Data(Value),
    Nothing,
    Fault,
}

impl<E: Executor> House<E> {
    /// The answer to a visit of a page.
    pub async fn open(&self, page: &'static Page, visit: Visit, slug: Slug) -> Response {
        let Ok(slug) = slug else { return self.missing(visit).await };
        let slug = slug.map(|Path(slug)| slug);
        let data = match self.ask(page, &visit, slug.as_deref()).await {
            Answer::Data(data) => data,
            Answer::Nothing => return self.missing(visit).await,
            Answer::Fault => return self.fault(visit),
        };
        if let Some(subject) = page.subject {
            match field(&data, subject) {
                None | Some(Value::Null) => return self.missing(visit).await,
                Some(found) => {
                    if let Some(address) = moved(found, slug.as_deref(), &visit) {
                        return (StatusCode::PERMANENT_REDIRECT, [(LOCATION, address)]).into_response();
                    }
                }
            }
        }
        self.write(StatusCode::OK, page.name, data, visit)
    }

    /// The answer where nothing is.
    pub async fn missing(&self, visit: Visit) -> Response {
        match self.ask(&MISSING, &visit, None).await {
            Answer::Data(data) => self.write(StatusCode::NOT_FOUND, MISSING.name, data, visit),
            Answer::Nothing | Answer::Fault => self.fault(visit),
        }
    }

    fn fault(&self, visit: Visit) -> Response {
        self.write(StatusCode::INTERNAL_SERVER_ERROR, "fault", Value::Null, visit)
    }

    async fn ask(&self, page: &Page, visit: &Visit, slug: Option<&str>) -> Answer {
        let variables = (page.variables)(&Asking { visit, slug, now: (self.site.now)() });
        let request = Request::new(page.query).variables(Variables::from_json(variables)).data(visit.asked.clone());
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

    fn write(&self, status: StatusCode, name: &'static str, data: Value, visit: Visit) -> Response {
        let language = visit.language.tag();
        let headers = [
            (CONTENT_TYPE, "text/html; charset=utf-8"),
            (CONTENT_LANGUAGE, language),
            (VARY, "Accept-Language"),
            // What is on it may depend on who is signed in.
            (CACHE_CONTROL, "private, no-cache"),
        ];
        match self.templates.render(Shown { name, data, visit: visit.clone(), site: &self.site }) {
            Ok(html) => (status, headers, html).into_response(),
            Err(error) => {
                tracing::error!(page = name, error = %error, "a page could not be written");
                if name == "fault" { StatusCode::INTERNAL_SERVER_ERROR.into_response() } else { self.fault(visit) }
            }
        }
    }
}

fn code(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code),
        _ => None,
    }
}

fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
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
