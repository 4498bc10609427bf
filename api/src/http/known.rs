//! Who asks, for doors of features that are for particular people: known before they are reached.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::viewer::{Came, Unknown, cx_of};
use crate::app::App;

/// Puts a `Cx` into the request. What is asked for there is only read.
pub async fn known(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get().copied();
    let came = Came { headers: request.headers(), uri: request.uri(), peer, may_write: false };
    match cx_of(&app, came).await {
        Ok(cx) => {
            request.extensions_mut().insert(cx);
            next.run(request).await
        }
        Err(Unknown::Credentials) => (StatusCode::UNAUTHORIZED, "These credentials are not good, or not any more.\n").into_response(),
        Err(Unknown::Fault(fault)) => {
            let incident = app.new_id::<Uuid>().simple().to_string();
            tracing::error!(incident, %fault, "who asks could not be looked up");
            (StatusCode::INTERNAL_SERVER_ERROR, format!("Something went wrong on our side; incident {incident}.\n")).into_response()
        }
    }
}
