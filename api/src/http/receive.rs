//! Taking a request's body in: whole, in time, and no larger than it may be.

use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONNECTION;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::config::Limits;

/// Bytes of a body that is too large which are read and forgotten.
const POURED_AWAY: usize = 16 * 1024 * 1024;

/// Bytes that a body may have before it takes part of [`ROOM`].
const SMALL: usize = 64 * 1024;
/// Bytes of larger bodies that are on their way at the same time in this process: whoever sends many and finishes none fills no memory.
const ROOM: usize = 128 * 1024 * 1024;

static FREE_PIECES: Semaphore = Semaphore::const_new(ROOM / SMALL);

/// Why a body was not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReceived {
    /// It is larger than allowed.
    TooLarge,
    /// It did not come in time.
    TooSlow,
    /// The connection broke.
    Broken,
    /// Too many others are on their way.
    NoRoom,
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
    let mut pieces: Option<SemaphorePermit<'static>> = None;
    if body.size_hint().lower() <= most as u64 {
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(|_| NotReceived::Broken)?.into_data() else { continue };
            if taken.len() + data.len() > most {
                return Err(pour_away(body).await);
            }
            taken.extend_from_slice(&data);
            let missing = (taken.len() / SMALL).saturating_sub(pieces.as_ref().map_or(0, SemaphorePermit::num_permits));
            if missing > 0 {
                let more = FREE_PIECES.try_acquire_many(u32::try_from(missing).unwrap_or(u32::MAX)).map_err(|_| NotReceived::NoRoom)?;
                match &mut pieces {
                    Some(pieces) => pieces.merge(more),
                    none => *none = Some(more),
                }
            }
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
        Err(NotReceived::NoRoom) => StatusCode::SERVICE_UNAVAILABLE,
    };
    (status, [(CONNECTION, "close")]).into_response()
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures_util::{FutureExt, StreamExt, stream};

    use super::*;

    /// A body of so many pieces, whose end never comes where it is unfinished.
    fn body(pieces: usize, is_unfinished: bool) -> Body {
        let begun = stream::iter(vec![Ok::<_, Infallible>(Bytes::from(vec![b'x'; SMALL])); pieces]);
        if is_unfinished { Body::from_stream(begun.chain(stream::pending())) } else { Body::from_stream(begun) }
    }

    #[tokio::test]
    async fn many_who_begin_large_bodies_and_finish_none_take_so_much_memory_and_no_more() {
        let most = 16 * SMALL;
        let mut unfinished = Vec::new();
        let refused = loop {
            let mut one = Box::pin(collect(body(16, true), most));
            match (&mut one).now_or_never() {
                None => unfinished.push(one),
                Some(refused) => break refused,
            }
        };
        assert_eq!(refused, Err(NotReceived::NoRoom));
        assert_eq!(unfinished.len(), ROOM / most);
        assert!(collect(Body::from("small"), most).await.is_ok(), "small ones come through");
        unfinished.pop();
        assert_eq!(collect(body(16, false), most).await.map(|body| body.len()), Ok(most));
    }
}
