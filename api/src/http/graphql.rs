//! GraphQL over HTTP, as its specification has it: one handler for GET and one for POST.
//!
//! GET reads only. POST takes JSON, or JSON with a file ([`super::upload`]), one request at a time. An answer says by its status whether the request was
//! executed, where the client takes `application/graphql-response+json`.

use std::time::Duration;

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationType};
use async_graphql::{Request, Response as GraphqlResponse};
use axum::body::Body;
use axum::extract::State;
use axum::http::header::VARY;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method};
use axum::response::Response;

use super::negotiation::{self, Format};
use super::outcome::{Outcome, new_incident};
use super::rejection::Rejection;
use super::viewer::{Came, Unknown};
use super::{Edge, asked, graphiql, limits, socket, upload, viewer};
use crate::app::Cx;
use crate::schema::{self, Schema};

/// Answers a query in the address, or opens a socket; a browser that only comes to look gets GraphiQL.
pub async fn get(State(edge): State<Edge>, request: axum::extract::Request) -> Response {
    if socket::is_asked_for(request.headers()) {
        return upgrade(&edge, request).await;
    }
    if negotiation::wants_page(request.headers()) && !asked::has_query(request.uri()) {
        return graphiql::page();
    }
    answer(&edge, request).await
}

async fn upgrade(edge: &Edge, request: axum::extract::Request) -> Response {
    let (parts, _) = request.into_parts();
    match asked_by(edge, &parts).await {
        Ok(cx) => socket::open(edge, parts, cx).await,
        Err(rejection) => rejection.respond(&viewer::wanted_of(&parts.headers, &parts.uri).spoken(), Format::Json),
    }
}

/// Answers a request in the body.
pub async fn post(State(edge): State<Edge>, request: axum::extract::Request) -> Response {
    answer(&edge, request).await
}

async fn answer(edge: &Edge, request: axum::extract::Request) -> Response {
    let (parts, body) = request.into_parts();
    let locale = viewer::wanted_of(&parts.headers, &parts.uri).spoken();
    let mut response = match negotiation::format(&parts.headers) {
        None => Rejection::NotAcceptable.respond(&locale, Format::Json),
        Some(format) => match asked_by(edge, &parts).await {
            Ok(cx) => match read_and_execute(edge, cx, &parts, body).await {
                Ok(outcome) => outcome.write(format),
                Err(rejection) => rejection.respond(&locale, format),
            },
            Err(rejection) => rejection.respond(&locale, format),
        },
    };
    let vary = HeaderValue::from_static("accept, accept-language, authorization, cookie");
    response.headers_mut().append(VARY, vary);
    response
}

async fn asked_by(edge: &Edge, parts: &Parts) -> Result<Cx, Rejection> {
    let peer = parts.extensions.get().copied();
    let came = Came { headers: &parts.headers, uri: &parts.uri, peer, may_write: parts.method == Method::POST };
    viewer::cx_of(&edge.app, came).await.map_err(|unknown| match unknown {
        Unknown::Credentials => Rejection::BadCredentials,
        Unknown::Fault(fault) => {
            let incident = new_incident(&viewer::cx_of_visitor(&edge.app, &parts.headers, &parts.uri));
            tracing::error!(incident, %fault, "it could not be seen who asks");
            Rejection::NoAnswer(incident)
        }
    })
}

async fn read_and_execute(edge: &Edge, cx: Cx, parts: &Parts, body: Body) -> Result<Outcome, Rejection> {
    let reads_only = parts.method != Method::POST;
    let time = Duration::from_secs(cx.app.config.limits.answer_seconds);
    let (request, time) = if reads_only {
        (asked::from_address(&parts.uri)?, time)
    } else if let Some(boundary) = negotiation::boundary(&parts.headers) {
        (upload::receive(&cx, &parts.headers, body, boundary).await?, time + upload::PREPARING)
    } else if negotiation::sends_json(&parts.headers) {
        (asked::from_body(body, &cx.app.config.limits).await?, time)
    } else {
        return Err(Rejection::NotJson);
    };
    execute(&edge.schema, cx, request, reads_only, time).await
}

/// Executes a request within its limits and its time.
///
/// # Errors
/// Where it would write and may only read, or takes too long.
pub async fn execute(schema: &Schema, cx: Cx, mut request: Request, reads_only: bool, time: Duration) -> Result<Outcome, Rejection> {
    match checked(&cx, &mut request) {
        Err(outcome) => return Ok(*outcome),
        Ok(Some(OperationType::Mutation | OperationType::Subscription)) if reads_only => return Err(Rejection::OnlyQueriesByGet),
        Ok(_) => {}
    }
    match tokio::time::timeout(time, schema::execute(schema, cx.clone(), request)).await {
        Ok(response) => Ok(Outcome::of(&cx, response)),
        Err(_) => {
            let incident = new_incident(&cx);
            tracing::error!(incident, seconds = time.as_secs(), "a request was not answered in time");
            Err(Rejection::NoAnswer(incident))
        }
    }
}

/// What kind of operation a request would have executed, where its document is within the limits.
///
/// # Errors
/// The answer to a document that is not, or is none.
pub fn checked(cx: &Cx, request: &mut Request) -> Result<Option<OperationType>, Box<Outcome>> {
    let bounds = &cx.app.config.limits;
    limits::check_text(&request.query, bounds).map_err(|too_much| Box::new(Outcome::too_much(cx, too_much)))?;
    let operation_name = request.operation_name.clone();
    let document = request.parsed_query().map_err(|error| Box::new(Outcome::of(cx, GraphqlResponse::from_errors(vec![error]))))?;
    limits::check_document(document, bounds).map_err(|too_much| Box::new(Outcome::too_much(cx, too_much)))?;
    Ok(chosen(document, operation_name.as_deref()))
}

/// What kind of operation is executed; none where none is, as its name fits none or not only one.
fn chosen(document: &ExecutableDocument, name: Option<&str>) -> Option<OperationType> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation.node.ty),
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name).map(|operation| operation.node.ty),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => {
            operations.values().next().map(|operation| operation.node.ty)
        }
        _ => None,
    }
}
