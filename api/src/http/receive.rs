//! Taking a request's body in: whole, in time, and no larger than it may be.

use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONNECTION;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;

use crate::config::Limits;

/// Bytes of a body that is too large which are read and forgotten.
const POURED_AWAY: usize = 16 * 1024 * 1024;

/// Why a body was not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReceived {
    /// It is larger than allowed.
    TooLarge,
    /// It did not come in time.
    TooSlow,
    /// The connection broke.
    Broken,
}

/// Takes a body in.
///
/// # Errors
/// Why it could not be.
pub async fn whole(body: Body, limits: &Limits) -> Result<Bytes, NotReceived> {
    let time = Duration::from_secs(limits.receive_seconds);
    tokio::time::timeout(time, collect(body, limits.body_bytes)).await.unwrap_or(Err(NotReceived::TooSlow))
}

async fn collect(mut body: Body, most: usize) -> Result<Bytes, NotReceived> {
    let mut taken = Vec::new();
    if body.size_hint().lower() <= most as u64 {
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(|_| NotReceived::Broken)?.into_data() else { continue };
            if taken.len() + data.len() > most {
                return Err(pour_away(body).await);
            }
            taken.extend_from_slice(&data);
        }
        return Ok(taken.into());
    }
    Err(pour_away(body).await)
}

/// Reads on for a while: a client that is still sending would find the connection broken before it reads the answer.
pub async fn pour_away(mut body: Body) -> NotReceived {
    let mut poured = 0;
    while let Some(Ok(frame)) = body.frame().await {
        poured += frame.data_ref().map_or(0, Bytes::len);
        if poured > POURED_AWAY {
            break;
        }
    }
    NotReceived::TooLarge
}

/// Lets only bodies through that came in whole: what is behind it need not care.
pub async fn only_whole(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let status = match whole(body, &limits).await {
        Ok(body) => return next.run(Request::from_parts(parts, Body::from(body))).await,
        Err(NotReceived::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
        Err(NotReceived::TooSlow) => StatusCode::REQUEST_TIMEOUT,
        Err(NotReceived::Broken) => StatusCode::BAD_REQUEST,
    };
    (status, [(CONNECTION, "close")]).into_response()
}
