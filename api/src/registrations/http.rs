//! The doors at which organisers take their lists along, signed in: `/events/{slug}/registrations.csv` for a spreadsheet program, and
//! `/events/{slug}/attendance` for print. Both are written while they are read, some lines at a time, however many there are.
//!
//! `?date=` narrows to a date by its id, `?status=` to a status, and `?sensitive=yes` asks for the answers that only the editors of the
//! answerable host have. On paper stand those who are confirmed, where nothing else is said.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, Query};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use entity::id::OccurrenceId;
use entity::registration;
use entity::words::RegistrationStatus;
use futures_util::stream;
use sea_orm::ActiveEnum;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::ops::{Line, List, list};
use super::store::list::Filter;
use super::{paper, sheet};
use crate::app::Cx;
use crate::gql::id::Global;
use crate::kernel::{Fault, Locale, Refused};

/// What a list is narrowed to, and what else it shall tell.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    date: Option<String>,
    status: Option<String>,
    sensitive: Option<String>,
}

/// The addresses of all lists. Who asks is known to their requests already.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/events/{slug}/registrations.csv", get(as_sheet)).route("/events/{slug}/attendance", get(on_paper))
}

async fn as_sheet(Extension(cx): Extension<Cx>, Path(slug): Path<String>, Query(asked): Query<Asked>) -> Response {
    let list = match open(&cx, &slug, &asked, None).await {
        Ok(list) => list,
        Err(response) => return *response,
    };
    let locale = cx.spoken();
    let name = format!("attachment; filename=\"{}.csv\"", list.event.slug);
    let head = sheet::head(&list, &locale);
    let body = written(cx, list, head, move |list, one| sheet::line(list, one, &locale), "");
    answer(&[(CONTENT_TYPE, "text/csv; charset=utf-8; header=present"), (CONTENT_DISPOSITION, &name)], body)
}

async fn on_paper(Extension(cx): Extension<Cx>, Path(slug): Path<String>, Query(asked): Query<Asked>) -> Response {
    let list = match open(&cx, &slug, &asked, Some(RegistrationStatus::Confirmed)).await {
        Ok(list) => list,
        Err(response) => return *response,
    };
    let head = paper::head(&list, &cx.spoken());
    let policy = format!("default-src 'none'; style-src 'sha256-{}'", STANDARD.encode(Sha256::digest(paper::STYLE)));
    let body = written(cx, list, head, paper::line, paper::foot());
    answer(&[(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, &policy)], body)
}

async fn open(cx: &Cx, slug: &str, asked: &Asked, usual: Option<RegistrationStatus>) -> Result<List, Box<Response>> {
    let narrowed = narrowed(asked, usual).ok_or(Refused::NotFound);
    let opened = match narrowed {
        Ok(filter) => list(cx, slug, filter, asked.sensitive.as_deref() == Some("yes")).await,
        Err(refused) => Err(refused.into()),
    };
    opened.map_err(|fault| Box::new(refused(cx, &fault)))
}

fn narrowed(asked: &Asked, usual: Option<RegistrationStatus>) -> Option<Filter> {
    let date = asked.date.as_deref().filter(|date| !date.is_empty());
    let status = asked.status.as_deref().filter(|status| !status.is_empty());
    Some(Filter {
        occurrence_id: date.map(|id| OccurrenceId::from_global(&id.into())).transpose().ok()?,
        status: status.map(|word| RegistrationStatus::try_from_value(&word.to_owned())).transpose().ok()?.or(usual),
        ..Filter::default()
    })
}

/// The whole list as it is read: what stands above, the lines, what stands below. A list that breaks off ends without its end.
fn written(cx: Cx, list: List, head: String, line: impl Fn(&List, &Line) -> String + Send + 'static, foot: &'static str) -> Body {
    enum At {
        Head(String),
        Behind(Option<Box<registration::Model>>),
        End,
    }
    let list = Arc::new(list);
    let parts = stream::try_unfold((At::Head(head), line), move |(at, line)| {
        let (cx, list) = (cx.clone(), Arc::clone(&list));
        async move {
            let after = match at {
                At::Head(head) => return Ok(Some((Bytes::from(head), (At::Behind(None), line)))),
                At::Behind(after) => after,
                At::End => return Ok::<_, Fault>(None),
            };
            let lines = list.next(&cx, after.as_deref()).await.inspect_err(|fault| tracing::error!(%fault, "a list broke off"))?;
            let text: String = lines.iter().map(|one| line(&list, one)).collect();
            Ok(Some(match lines.into_iter().next_back() {
                Some(last) => (Bytes::from(text), (At::Behind(Some(Box::new(last.row))), line)),
                None => (Bytes::from_static(foot.as_bytes()), (At::End, line)),
            }))
        }
    });
    Body::from_stream(parts)
}

/// An answer that nobody keeps.
fn answer(headers: &[(HeaderName, &str)], body: Body) -> Response {
    let mut response = Response::new(body);
    let usual = [(CACHE_CONTROL, "private, no-store"), (VARY, "accept-language, authorization, cookie")];
    for (name, value) in headers.iter().chain(&usual) {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name.clone(), value);
        }
    }
    response
}

fn refused(cx: &Cx, fault: &Fault) -> Response {
    let said = |status: StatusCode, de: &str, en: &str| {
        let words = if Locale::is_german(&cx.spoken()) { de } else { en };
        let mut response = answer(&[(CONTENT_TYPE, "text/plain; charset=utf-8")], Body::from(format!("{words}\n")));
        *response.status_mut() = status;
        response
    };
    match fault {
        Fault::Refused(Refused::Unauthenticated) => said(StatusCode::UNAUTHORIZED, "Bitte erst anmelden.", "Please sign in first."),
        Fault::Refused(Refused::Forbidden) => {
            said(StatusCode::FORBIDDEN, "Diese Liste ist für die Veranstalter.", "This list is for the organisers.")
        }
        Fault::Refused(_) | Fault::Refusals(_) => said(StatusCode::NOT_FOUND, "Hier ist nichts.", "There is nothing here."),
        fault => {
            let incident = cx.app.new_id::<Uuid>().simple().to_string();
            tracing::error!(incident, %fault, "a list could not be given");
            let words = format!("Something went wrong on our side. Please try again later; incident {incident}.\n");
            (StatusCode::INTERNAL_SERVER_ERROR, words).into_response()
        }
    }
}
