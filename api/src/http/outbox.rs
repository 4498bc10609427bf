//! `/outbox`: the mails that were written into files instead of being sent, for whoever tries miso on a machine of their own.
//!
//! It shows people's mails to everybody who asks, so it is there only where [`may_be_shown`] says so, and only for a browser
//! that knows the site by such an address: another site cannot point its own name here and read along.

mod links;
mod page;
#[cfg(test)]
mod tests;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use mailer::{Letter, outbox};
use url::{Host, Url};

/// How many are listed.
const NEWEST: usize = 100;

/// Our own pages: their style, and the frame with a mail's HTML.
const OF_OURS: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'none'; base-uri 'none'; \
     frame-ancestors 'none'";

/// A mail's HTML: its style alone. Nothing is loaded and no script runs; its links open elsewhere.
const OF_MAILS: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; \
     frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/// A file: nothing at all, should a browser show it in spite of everything.
const OF_FILES: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// Whether a site of this address may show its mails: only one that nobody else reaches.
#[must_use]
pub fn may_be_shown(public_url: &str) -> bool {
    let Ok(url) = Url::parse(public_url) else { return false };
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// The pages over a folder of mails.
pub fn router(folder: PathBuf) -> Router {
    Router::new()
        .route("/outbox", get(list))
        .route("/outbox/{name}", get(show))
        .route("/outbox/{name}/html", get(html))
        .route("/outbox/{name}/source", get(source))
        .route("/outbox/{name}/parts/{number}", get(part))
        .layer(from_fn(only_known_as_near))
        .with_state(Arc::new(folder))
}

type Folder = State<Arc<PathBuf>>;

async fn only_known_as_near(request: Request, next: Next) -> Response {
    let host =
        request.headers().get(HOST).and_then(|host| host.to_str().ok()).or_else(|| request.uri().authority().map(|host| host.as_str()));
    if host.is_some_and(|host| may_be_shown(&format!("http://{host}"))) { next.run(request).await } else { nothing() }
}

async fn list(State(folder): Folder) -> Response {
    match outbox::newest(&folder, NEWEST).await {
        Ok(kept) => answer("text/html; charset=utf-8", OF_OURS, page::list(&kept)),
        Err(error) => failed(&error),
    }
}

async fn show(State(folder): Folder, Path(name): Path<String>) -> Response {
    with_mail(&folder, &name, |bytes| answer("text/html; charset=utf-8", OF_OURS, page::mail(&name, &Letter::read(&bytes)))).await
}

async fn html(State(folder): Folder, Path(name): Path<String>) -> Response {
    with_mail(&folder, &name, |bytes| match Letter::read(&bytes).html {
        Some(html) => answer("text/html; charset=utf-8", OF_MAILS, links::opened_elsewhere(&html)),
        None => nothing(),
    })
    .await
}

async fn source(State(folder): Folder, Path(name): Path<String>) -> Response {
    with_mail(&folder, &name, |bytes| answer("text/plain; charset=utf-8", OF_FILES, bytes)).await
}

async fn part(State(folder): Folder, Path((name, number)): Path<(String, String)>) -> Response {
    with_mail(&folder, &name, |bytes| {
        let mut parts = Letter::read(&bytes).parts;
        match number.parse::<usize>() {
            Ok(number) if number < parts.len() => {
                let part = parts.swap_remove(number);
                let disposition = format!("attachment; filename=\"{}\"", plain_name(&part, number));
                let mut response = answer(&part.media_type, OF_FILES, part.content);
                if let Ok(disposition) = HeaderValue::from_str(&disposition) {
                    response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
                }
                response
            }
            _ => nothing(),
        }
    })
    .await
}

async fn with_mail(folder: &std::path::Path, name: &str, show: impl FnOnce(Vec<u8>) -> Response) -> Response {
    match outbox::read(folder, name).await {
        Ok(Some(bytes)) => show(bytes),
        Ok(None) => nothing(),
        Err(error) => failed(&error),
    }
}

fn answer(media_type: &str, content: &'static str, body: impl Into<Body>) -> Response {
    const FIXED: [(HeaderName, &str); 2] = [(CACHE_CONTROL, "no-store"), (X_CONTENT_TYPE_OPTIONS, "nosniff")];
    let media_type = HeaderValue::from_str(media_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    (FIXED, [(CONTENT_TYPE, media_type), (CONTENT_SECURITY_POLICY, HeaderValue::from_static(content))], body.into()).into_response()
}

/// The name that a part is saved under, in ASCII.
fn plain_name(part: &mailer::Part, number: usize) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() || "-_. ".contains(letter) { letter } else { '_' };
    part.filename.as_deref().map_or_else(|| format!("part-{number}"), |name| name.chars().map(plain).collect())
}

fn nothing() -> Response {
    StatusCode::NOT_FOUND.into_response()
}

fn failed(error: &io::Error) -> Response {
    tracing::error!(%error, "the folder of mails cannot be read");
    (StatusCode::INTERNAL_SERVER_ERROR, "The folder of mails cannot be read.\n").into_response()
}
