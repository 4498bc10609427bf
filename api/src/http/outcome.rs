//! What is said to a client of what GraphQL answered: every error with a code, short, without the inside, and not too many.

use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use serde::Serialize;
use uuid::Uuid;

use super::limits::TooMuch;
use super::negotiation::Format;
use crate::app::Cx;
use crate::kernel::Locale;

/// Characters of a message: some repeat what they complain of.
const MESSAGE: usize = 300;

/// What async-graphql says where an argument is not of its type, which it may find out only when it executes.
const OF_INPUT: [&str; 5] =
    ["Failed to parse \"", "Expected input type \"", "Variable ", "Invalid value for argument", "invalid value for argument"];

/// What it says of its own limits.
const OF_LIMITS: [&str; 5] = [
    "Query is too complex.",
    "Query is nested too deep.",
    "recursion limit exceeded.",
    "The recursion depth of the query",
    "The number of directives on the field",
];

/// An answer, its errors as a client may see them.
#[derive(Debug)]
pub struct Outcome {
    response: Response,
    errors_left_out: usize,
    /// Whether nothing was executed.
    is_refused: bool,
}

#[derive(Serialize)]
struct Written<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extensions: Option<std::collections::BTreeMap<&'a str, &'a Value>>,
}

impl Outcome {
    /// Takes what GraphQL answered.
    #[must_use]
    pub fn of(cx: &Cx, mut response: Response) -> Self {
        let is_refused = !response.errors.is_empty()
            && matches!(response.data, Value::Null)
            && response.errors.iter().all(|error| error.path.is_empty());
        let errors_left_out = response.errors.len().saturating_sub(cx.app.config.limits.errors);
        response.errors.truncate(cx.app.config.limits.errors);
        for error in &mut response.errors {
            make_presentable(cx, error);
        }
        Self { response, errors_left_out, is_refused }
    }

    /// The answer to a document that passes a limit.
    #[must_use]
    pub fn too_much(cx: &Cx, too_much: TooMuch) -> Self {
        let mut error = ServerError::new(too_much.message(&cx.spoken()), None);
        set_code(&mut error, "QUERY_TOO_COMPLEX");
        Self { response: Response::from_errors(vec![error]), errors_left_out: 0, is_refused: true }
    }

    /// Its GraphQL response, for a client inside of the process.
    #[must_use]
    pub fn into_response(self) -> Response {
        self.response
    }

    /// Writes it. A request that was not executed has no `data`, and is an error of HTTP only in the newer format.
    #[must_use]
    pub fn write(self, format: Format) -> axum::response::Response {
        let left_out = Value::from(self.errors_left_out);
        let mut extensions: std::collections::BTreeMap<&str, &Value> =
            self.response.extensions.iter().map(|(name, value)| (name.as_str(), value)).collect();
        if self.errors_left_out > 0 {
            extensions.insert("errorsLeftOut", &left_out);
        }
        let written = Written {
            errors: &self.response.errors,
            data: (!self.is_refused).then_some(&self.response.data),
            extensions: (!extensions.is_empty()).then_some(extensions),
        };
        let mut answer = axum::response::Response::new(match serde_json::to_vec(&written) {
            Ok(json) => Body::from(json),
            Err(error) => {
                tracing::error!(%error, "an answer could not be written as JSON");
                Body::from(r#"{"errors":[{"message":"INTERNAL","extensions":{"code":"INTERNAL"}}]}"#)
            }
        });
        if self.is_refused && format == Format::GraphqlResponse {
            *answer.status_mut() = StatusCode::BAD_REQUEST;
        }
        let headers = answer.headers_mut();
        headers.extend(self.response.http_headers);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
        headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
        answer
    }
}

/// Gives an error a code, and takes away what is not for a client.
fn make_presentable(cx: &Cx, error: &mut ServerError) {
    let begins_with_any = |openings: &[&str]| openings.iter().any(|opening| error.message.starts_with(opening));
    if error.extensions.as_ref().is_some_and(|extensions| extensions.get("code").is_some()) {
        return;
    }
    if begins_with_any(&OF_LIMITS) {
        error.message = TooMuch::Cost.message(&cx.spoken());
        set_code(error, "QUERY_TOO_COMPLEX");
    } else if error.path.is_empty() || begins_with_any(&OF_INPUT) {
        error.message = shortened(&error.message);
        set_code(error, "BAD_USER_INPUT");
    } else {
        let incident = new_incident(cx);
        tracing::error!(incident, error = error.message, "an error came without a code");
        error.message = sorry(&cx.spoken(), &incident);
        error.locations.clear();
        set_code(error, "INTERNAL");
        if let Some(extensions) = &mut error.extensions {
            extensions.set("incident", incident);
        }
    }
    error.source = None;
}

/// A number for something that went wrong, which the log and the answer bear.
#[must_use]
pub fn new_incident(cx: &Cx) -> String {
    cx.app.new_id::<Uuid>().simple().to_string()
}

/// What is said of something that went wrong.
#[must_use]
pub fn sorry(locale: &Locale, incident: &str) -> String {
    if locale.is_german() {
        format!("Da ist bei uns etwas schiefgegangen. Bitte später erneut versuchen; Vorfall {incident}.")
    } else {
        format!("Something went wrong on our side. Please try again later; incident {incident}.")
    }
}

fn set_code(error: &mut ServerError, code: &str) {
    error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("code", code);
}

/// A message in one line of bounded length. Of the parser's drawing of a line with an arrow under it, what it expected
/// remains: where that was, `locations` says.
fn shortened(message: &str) -> String {
    let told = match message.rsplit_once("\n  = ") {
        Some((_, expected)) => format!("Syntax error: {}", expected.trim()),
        None => message.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    match told.char_indices().nth(MESSAGE) {
        Some((end, _)) => format!("{}…", &told[..end]),
        None => told,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_one_short_line() {
        let drawing = " --> 1:3\n  |\n1 | { { { {\n  |   ^---\n  |\n  = expected selection";
        assert_eq!(shortened(drawing), "Syntax error: expected selection");
        let long = shortened(&"ä ".repeat(4000));
        assert_eq!(long.chars().count(), MESSAGE + 1);
    }
}
