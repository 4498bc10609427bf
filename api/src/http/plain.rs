//! Answers without a body that a person or a program would stand before without a word: 404, 405, and OPTIONS.

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::viewer;

/// Says in a sentence what an empty error means, and answers OPTIONS where nothing else does: with what is allowed.
pub async fn spoken(request: Request, next: Next) -> Response {
    let (method, wanted) = (request.method().clone(), viewer::wanted_of(request.headers(), request.uri()));
    let mut response = next.run(request).await;
    if method == Method::OPTIONS && response.status() == StatusCode::METHOD_NOT_ALLOWED {
        // The router adds what is allowed, behind this.
        return StatusCode::NO_CONTENT.into_response();
    }
    if !response.body().is_end_stream() || method == Method::HEAD || response.headers().contains_key(CONTENT_TYPE) {
        return response;
    }
    let (de, en) = match response.status() {
        StatusCode::NOT_FOUND => ("Hier ist nichts.", "There is nothing here."),
        StatusCode::METHOD_NOT_ALLOWED => ("So geht es hier nicht.", "This is not done here that way."),
        StatusCode::PAYLOAD_TOO_LARGE => ("Das ist zu viel auf einmal.", "This is too much at once."),
        StatusCode::REQUEST_TIMEOUT => ("Die Anfrage kam nicht rechtzeitig an.", "The request did not come in time."),
        StatusCode::SERVICE_UNAVAILABLE => {
            ("Das hat zu lange gedauert. Bitte später erneut versuchen.", "That took too long. Please try again later.")
        }
        _ => return response,
    };
    let sentence = if wanted.spoken().is_german() { de } else { en };
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    *response.body_mut() = Body::from(format!("{sentence}\n"));
    response
}
