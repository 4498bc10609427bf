//! The way of a form that was sent: whose page it stood on, what it says, what the mutation makes of it, what follows.
//!
//! Nothing that a person typed is lost on the way: whatever is wrong, the page comes back with it.

use async_graphql::parser::types::OperationDefinition;
use async_graphql::{Executor, Name, Request, Response as Answered, Value, Variables};
use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use serde_json::Value as Json;

use super::fields::{Fields, NotTaken};
use super::filled::{Fault, Filled};
use super::outcome::{self, Outcome};
use super::{Form, Sent, Then, origin, variables};
use crate::answer::{Answer, House, Named, Parts, code, field, of_secrets};
use crate::pages::Page;
use crate::visit::Visit;
use crate::words::Words;

/// A form on its page, while it is dealt with.
struct Post<'a> {
    page: &'static Page,
    form: &'static Form,
    fields: Fields,
    visit: &'a Visit,
    /// What the page's question was answered with.
    data: Value,
}

impl<E: Executor> House<E> {
    /// The answer to a form that was sent.
    pub async fn post(&self, page: &'static Page, visit: Visit, named: Named, body: Body) -> Response {
        let visit = Visit { has_secret: page.has_secret(), ..visit };
        let one_click = page.takes_one_click();
        if !one_click && origin::is_foreign(&visit.asked.headers, &self.site.public_url, visit.has_secret) {
            return self.refuse(StatusCode::FORBIDDEN, "foreign", visit);
        }
        let fields = match Fields::receive(&visit.asked.headers, body, one_click).await {
            Ok(fields) => fields,
            Err(NotTaken::TooLarge) => return self.refuse(StatusCode::PAYLOAD_TOO_LARGE, "too_large", visit),
            Err(NotTaken::Unreadable) => return self.refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unreadable", visit),
        };
        let (Some(parts), Some(form)) = (Parts::of(named), page.form_sent(&fields)) else { return self.missing(visit).await };
        let data = match self.ask(page, &visit, &parts).await {
            Answer::Data(data) => data,
            Answer::Nothing => return self.missing(visit).await,
            Answer::Fault => return self.fault(visit),
        };
        let post = Post { page, form, fields, visit: &visit, data };
        // Who leaves is let go, whether or not there is anything to show of them.
        if !one_click && !post.has_subject() {
            return self.missing(visit).await;
        }
        let data = post.data.clone().into_json().unwrap_or_default();
        match (form.given)(&Sent { token: parts.token.as_deref(), slug: parts.slug.as_deref(), data: &data }) {
            Some(Json::Object(given)) => self.carry_out(post, given).await,
            _ => self.missing(visit).await,
        }
    }

    async fn carry_out(&self, post: Post<'_>, given: serde_json::Map<String, Json>) -> Response {
        let mut request = Request::new(post.form.mutation);
        let Some(operation) = operation_of(&mut request) else { return self.fault(post.visit.clone()) };
        let read = variables::read(&operation, &post.fields, given);
        if !read.wrong.is_empty() {
            let words = Words::of(post.visit.language);
            let fault = |(field, need): (String, &str)| Fault { field: Some(field), message: words.of_value("form", need) };
            return self.put_right(post, read.wrong.into_iter().map(fault).collect());
        }
        let request = request.variables(Variables::from_json(Json::Object(read.variables))).data(post.visit.asked.clone());
        let response = self.executor.execute(request).await;
        if !response.errors.is_empty() {
            return self.not_done(post, &response).await;
        }
        let mut answer = match outcome::read(&operation, &read.answered, response.data) {
            Outcome::Done(payload) => self.follow(post, payload),
            Outcome::Refused(faults) => self.put_right(post, faults),
            Outcome::Nothing => self.fault(post.visit.clone()),
        };
        // A session that began or ended is the browser's to keep or to forget.
        for cookie in response.http_headers.get_all(SET_COOKIE) {
            answer.headers_mut().append(SET_COOKIE, cookie.clone());
        }
        answer
    }

    fn follow(&self, post: Post<'_>, payload: Value) -> Response {
        match post.form.then {
            Then::Again(done) => lead_to(post.visit, post.visit.path(), done),
            Then::At(path, done) => lead_to(post.visit, path, done),
            Then::Show(template) => {
                let mut data = post.data;
                if let Value::Object(fields) = &mut data {
                    fields.insert(Name::new("result"), payload);
                }
                let form = Filled { sent: Some(post.form.name), typed: post.fields, ..Filled::default() };
                self.write(StatusCode::OK, template, data, post.visit.clone(), form)
            }
        }
    }

    /// The page once more, with what is to be put right. Nothing was done, so that the next try is a new one.
    fn put_right(&self, post: Post<'_>, faults: Vec<Fault>) -> Response {
        self.once_more(StatusCode::UNPROCESSABLE_ENTITY, post, |form| Filled { faults, key: (self.site.new_key)(), ..form })
    }

    /// The page once more, with why the form was not taken. It may have been done all the same, so that it keeps its key.
    async fn not_done(&self, post: Post<'_>, response: &Answered) -> Response {
        let codes: Vec<&str> = response.errors.iter().filter_map(code).collect();
        let (status, notice) = match codes.first().copied() {
            Some("NOT_FOUND") => return self.missing(post.visit.clone()).await,
            Some("RATE_LIMITED") => (StatusCode::TOO_MANY_REQUESTS, "too_often"),
            Some("FORBIDDEN" | "UNAUTHENTICATED") => (StatusCode::FORBIDDEN, "not_allowed"),
            Some("BAD_USER_INPUT" | "QUERY_TOO_COMPLEX") => (StatusCode::BAD_REQUEST, "not_understood"),
            _ => {
                let (page, form) = (post.page.name, post.form.name);
                tracing::error!(page, form, errors = response.errors.len(), ?codes, "the schema did not do what a form asked for");
                (StatusCode::INTERNAL_SERVER_ERROR, "fault")
            }
        };
        self.once_more(status, post, |form| Filled { notice: Some(notice), ..form })
    }

    fn once_more(&self, status: StatusCode, post: Post<'_>, with: impl FnOnce(Filled) -> Filled) -> Response {
        let key = post.fields.first("idempotencyKey").unwrap_or_default().to_owned();
        let page = if post.has_subject() { post.page.name } else { "refused" };
        let form = with(Filled { sent: Some(post.form.name), typed: post.fields, key, ..Filled::default() });
        self.write(status, page, post.data, post.visit.clone(), form)
    }

    fn refuse(&self, status: StatusCode, notice: &'static str, visit: Visit) -> Response {
        self.write(status, "refused", Value::Null, visit, Filled { notice: Some(notice), ..Filled::default() })
    }
}

impl Post<'_> {
    /// Whether there is what the page is about.
    fn has_subject(&self) -> bool {
        self.page.subject.is_none_or(|subject| !matches!(field(&self.data, subject), None | Some(Value::Null)))
    }
}

/// On to a page that shows what was done, and can be loaded again.
fn lead_to(visit: &Visit, path: &str, done: &str) -> Response {
    let mut parameters = visit.parameters.chosen_locale();
    parameters.set("done", Some(done.to_owned()));
    of_secrets(visit, (StatusCode::SEE_OTHER, [(LOCATION, parameters.behind(path))]).into_response())
}

/// The one operation of a document.
fn operation_of(request: &mut Request) -> Option<OperationDefinition> {
    let document = request.parsed_query().ok()?;
    document.operations.iter().next().map(|(_, operation)| operation.node.clone())
}
