//! A panic ends one request, not the process, and shows nothing of the inside.

use std::any::Any;
use std::panic::AssertUnwindSafe;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use serde_json::json;
use uuid::Uuid;

use super::{outcome, viewer};
use crate::app::App;

/// Answers a request whose handler panics with 500 and an incident number, which the log bears too.
pub async fn caught(State(app): State<App>, request: Request, next: Next) -> Response {
    let wanted = viewer::wanted_of(request.headers(), request.uri());
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => {
            let incident = app.new_id::<Uuid>().simple().to_string();
            tracing::error!(incident, panic = text(panic.as_ref()), "a request could not be answered");
            let message = outcome::sorry(&wanted.spoken(), &incident);
            let extensions = json!({ "code": "INTERNAL", "incident": incident });
            let body = json!({ "errors": [{ "message": message, "extensions": extensions }] });
            (StatusCode::INTERNAL_SERVER_ERROR, Json(body)).into_response()
        }
    }
}

fn text(panic: &(dyn Any + Send)) -> &str {
    match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(text), _) => text,
        (_, Some(text)) => text,
        _ => "of no text",
    }
}
