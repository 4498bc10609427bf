//! Whether the process lives, and whether it can serve: for those who restart and who balance load.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};

use super::Edge;

/// In which time a database must answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// The process answers.
pub async fn healthz() -> Response {
    ([(CACHE_CONTROL, "no-store")], "ok\n").into_response()
}

/// The database answers, too.
pub async fn readyz(State(edge): State<Edge>) -> Response {
    match tokio::time::timeout(PATIENCE, edge.app.db.ping()).await {
        Ok(Ok(())) => ([(CACHE_CONTROL, "no-store")], "ok\n").into_response(),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the database does not answer");
            not_ready()
        }
        Err(_) => {
            tracing::warn!(seconds = PATIENCE.as_secs(), "the database does not answer in time");
            not_ready()
        }
    }
}

fn not_ready() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(CACHE_CONTROL, "no-store")], "the database does not answer\n").into_response()
}
