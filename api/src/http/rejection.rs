//! Requests that are not GraphQL as HTTP should carry it. They are answered with a status of 4xx or 5xx, whatever format the
//! client takes, and a body as GraphQL has it.

use axum::Json;
use axum::http::header::{ALLOW, CONNECTION, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::negotiation::Format;
use crate::kernel::Locale;

/// What is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// It takes no format that we write.
    NotAcceptable,
    /// Its body is not said to be JSON in UTF-8.
    NotJson,
    /// Its parameters are not what they should be.
    Malformed(Malformed),
    /// Its body has more bytes than this.
    TooLarge(usize),
    /// Its body did not come in time.
    TooSlow,
    /// Too many large bodies are on their way.
    Busy,
    /// It brings a file, and not the header that no other site's form can send.
    NoPreflight,
    /// It brings a file, and nobody is signed in.
    FileOfNobody,
    /// The file could not be written down; this is the number of the incident.
    NotSpooled(String),
    /// It asks by GET for what is not a query.
    OnlyQueriesByGet,
    /// What it shows of who asks is no good.
    BadCredentials,
    /// It could not be answered, or not in time; this is the number of the incident.
    NoAnswer(String),
}

/// What is wrong with parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// The body is no JSON object.
    Body,
    /// There is no `query`, or it is no text.
    Query,
    /// Another parameter has a wrong type, or comes twice.
    Parameter(&'static str),
    /// A body in parts is not `operations`, `map`, and one file that `map` puts where `operations` have null.
    Parts,
}

impl Rejection {
    /// The answer.
    #[must_use]
    pub fn respond(&self, locale: &Locale, format: Format) -> Response {
        let (status, code) = match self {
            Self::NotAcceptable => (StatusCode::NOT_ACCEPTABLE, "BAD_USER_INPUT"),
            Self::NotJson => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "BAD_USER_INPUT"),
            Self::Malformed(_) => (StatusCode::BAD_REQUEST, "BAD_USER_INPUT"),
            Self::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, "QUERY_TOO_COMPLEX"),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "BAD_USER_INPUT"),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "RATE_LIMITED"),
            Self::NoPreflight => (StatusCode::FORBIDDEN, "FORBIDDEN"),
            Self::FileOfNobody => (StatusCode::UNAUTHORIZED, "UNAUTHENTICATED"),
            Self::NotSpooled(_) => (StatusCode::INSUFFICIENT_STORAGE, "INTERNAL"),
            Self::OnlyQueriesByGet => (StatusCode::METHOD_NOT_ALLOWED, "BAD_USER_INPUT"),
            Self::BadCredentials => (StatusCode::UNAUTHORIZED, "UNAUTHENTICATED"),
            Self::NoAnswer(_) => (StatusCode::SERVICE_UNAVAILABLE, "INTERNAL"),
        };
        let mut extensions = json!({ "code": code });
        if let Self::NoAnswer(incident) | Self::NotSpooled(incident) = self {
            extensions["incident"] = json!(incident);
        }
        let body = json!({ "errors": [{ "message": self.message(locale), "extensions": extensions }] });
        let mut response = (status, Json(body)).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
        match self {
            Self::OnlyQueriesByGet => _ = response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST")),
            Self::BadCredentials => _ = response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
            Self::FileOfNobody => {
                response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            Self::Busy => {
                response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("10"));
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            // The rest of the body is not read, so nothing can follow it on this connection.
            Self::TooLarge(_) | Self::TooSlow | Self::NoPreflight | Self::NotSpooled(_) => {
                _ = response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"))
            }
            _ => {}
        }
        response
    }

    fn message(&self, locale: &Locale) -> String {
        let (de, en) = match self {
            Self::NotAcceptable => (
                "Antworten gibt es als application/json oder application/graphql-response+json.".to_owned(),
                "Answers come as application/json or application/graphql-response+json.".to_owned(),
            ),
            Self::NotJson => (
                "Bitte als Content-Type: application/json in UTF-8 senden.".to_owned(),
                "Please send Content-Type: application/json, in UTF-8.".to_owned(),
            ),
            Self::Malformed(Malformed::Body) => (
                "Der Inhalt ist kein JSON-Objekt wie {\"query\": \"…\"}.".to_owned(),
                "The body is no JSON object such as {\"query\": \"…\"}.".to_owned(),
            ),
            Self::Malformed(Malformed::Query) => {
                ("`query` fehlt oder ist kein Text.".to_owned(), "`query` is missing or no text.".to_owned())
            }
            Self::Malformed(Malformed::Parameter(name)) => {
                (format!("`{name}` ist nicht, was es sein soll."), format!("`{name}` is not what it should be."))
            }
            Self::TooLarge(most) => (format!("Bitte höchstens {most} Bytes senden."), format!("Please send at most {most} bytes.")),
            Self::TooSlow => ("Die Anfrage kam nicht rechtzeitig an.".to_owned(), "The request did not come in time.".to_owned()),
            Self::Busy => (
                "Gerade senden zu viele zugleich viel; bitte gleich noch einmal versuchen.".to_owned(),
                "Too many are sending much at the moment; please try again in a moment.".to_owned(),
            ),
            Self::Malformed(Malformed::Parts) => (
                "Mit einer Datei besteht der Inhalt aus `operations`, `map` und der Datei, wie in der GraphQL multipart request specification."
                    .to_owned(),
                "With a file, the body is `operations`, `map`, and the file, as the GraphQL multipart request specification has it.".to_owned(),
            ),
            Self::NoPreflight => (
                "Mit einer Datei bitte auch `GraphQL-Preflight: 1` senden.".to_owned(),
                "With a file, please send `GraphQL-Preflight: 1`, too.".to_owned(),
            ),
            Self::FileOfNobody => ("Um Dateien hochzuladen, bitte anmelden.".to_owned(), "To upload files, please sign in.".to_owned()),
            Self::OnlyQueriesByGet => {
                ("Mit GET wird nur gelesen; bitte mit POST senden.".to_owned(), "GET only reads; please send this by POST.".to_owned())
            }
            Self::BadCredentials => (
                "Was hinter `Authorization: Bearer` steht, gilt nicht oder nicht mehr; bitte neu anmelden.".to_owned(),
                "What stands behind `Authorization: Bearer` is no good, or has ended; please sign in again.".to_owned(),
            ),
            Self::NoAnswer(incident) | Self::NotSpooled(incident) => (
                format!("Darauf konnten wir nicht antworten. Bitte später erneut versuchen; Vorfall {incident}."),
                format!("We could not answer this. Please try again later; incident {incident}."),
            ),
        };
        if locale.is_german() { de } else { en }
    }
}
