//! How long a request may take in all: what is to be received and answered, and longer where a file is uploaded.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{negotiation, upload};
use crate::config::Limits;

/// Gives a request up that takes longer than it may.
pub async fn bounded(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let usual = Duration::from_secs(limits.receive_seconds + limits.answer_seconds);
    let time = if request.uri().path() == "/graphql" && negotiation::boundary(request.headers()).is_some() {
        usual + Duration::from_secs(limits.upload_seconds) + upload::PREPARING
    } else {
        usual
    };
    match tokio::time::timeout(time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
