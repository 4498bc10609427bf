//! Who asks, and in which languages: read once for each request, from its headers and its address.

use std::net::IpAddr;

use axum::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, HeaderName};
use axum::http::{HeaderMap, Uri};

use super::listener::Peer;
use super::negotiation::joined;
use crate::access::Viewer;
use crate::app::{App, Caller, Credential, Cx};
use crate::kernel::{Client, Fault, Wanted};
use crate::people::cookie;
use crate::people::ops::{Proof, recognise};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// What a request shows of who asks.
#[derive(Clone, Copy, Debug)]
pub struct Came<'a> {
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// Its address.
    pub uri: &'a Uri,
    /// Who connected.
    pub peer: Option<Peer>,
    /// Whether it may write: no GET does.
    pub may_write: bool,
}

/// Why it is not known who asks.
#[derive(Debug)]
pub enum Unknown {
    /// What stands behind `Bearer` is no secret of ours, or has ended.
    Credentials,
    /// We could not look.
    Fault(Fault),
}

/// What a use case needs to know of a request.
///
/// # Errors
/// Where it is not known who asks.
pub async fn cx_of(app: &App, came: Came<'_>) -> Result<Cx, Unknown> {
    let client = client_of(app.config.trusted_proxies, came.headers, came.peer);
    let (viewer, credential) = match viewer_of(app, came).await? {
        Some((viewer, credential)) => (viewer, Some(credential)),
        None => (Viewer::Visitor, None),
    };
    let caller = Caller { credential, client };
    Ok(Cx { app: app.clone(), viewer, wanted: wanted_of(came.headers, came.uri), caller })
}

/// As [`cx_of`], for whom nothing is known of.
#[must_use]
pub fn cx_of_visitor(app: &App, headers: &HeaderMap, uri: &Uri) -> Cx {
    Cx { app: app.clone(), viewer: Viewer::Visitor, wanted: wanted_of(headers, uri), caller: Caller::default() }
}

/// Who asks: by what stands behind `Bearer`, or else by a browser's cookie. A cookie that is no good is as none; and none counts
/// where the browser says that somebody else's page has it write.
async fn viewer_of(app: &App, came: Came<'_>) -> Result<Option<(Viewer, Credential)>, Unknown> {
    if let Some(secret) = bearer(came.headers) {
        let known = recognise(app, Proof::Bearer(secret), came.may_write).await.map_err(Unknown::Fault)?;
        return known.map(Some).ok_or(Unknown::Credentials);
    }
    match cookie::read(&app.config, came.headers) {
        Some(secret) if !(came.may_write && is_of_another_site(came.headers)) => {
            recognise(app, Proof::Cookie(secret), came.may_write).await.map_err(Unknown::Fault)
        }
        _ => Ok(None),
    }
}

/// What stands behind `Bearer`. Other schemes are a matter of proxies before us.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    secret_of_bearer(headers.get(AUTHORIZATION)?.to_str().ok()?)
}

/// The secret in `Bearer …`.
#[must_use]
pub fn secret_of_bearer(said: &str) -> Option<&str> {
    let (scheme, secret) = said.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

fn is_of_another_site(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none")
}

/// Whence a request comes: from who connected; or, behind proxies that we know of, from whom the first of them says.
fn client_of(proxies: u32, headers: &HeaderMap, peer: Option<Peer>) -> Option<Client> {
    let peer = peer?;
    let Some(nearest) = proxies.checked_sub(1) else { return Some(peer.0.into()) };
    let forwarded = joined(headers, &FORWARDED_FOR);
    // Each proxy adds whom it was asked by at the end; what stands before that, anybody may have written.
    let said = forwarded.rsplit(',').nth(nearest as usize).and_then(|address| address.trim().parse::<IpAddr>().ok());
    Some(said.unwrap_or(peer.0).into())
}

/// The languages that are wanted: `?locale=` before what the browser says.
#[must_use]
pub fn wanted_of(headers: &HeaderMap, uri: &Uri) -> Wanted {
    let wanted = Wanted::from_header(&joined(headers, &ACCEPT_LANGUAGE));
    let mut parameters = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    match parameters.find_map(|(name, value)| (name == "locale").then(|| value.parse())) {
        Some(Ok(locale)) => wanted.led_by(locale),
        _ => wanted,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_client_is_who_connected_or_whom_the_proxies_that_we_know_of_name() {
        let headers = HeaderMap::from_iter([(FORWARDED_FOR, HeaderValue::from_static("192.0.2.66, 192.0.2.1,192.0.2.2"))]);
        let client = |address: &str| Some(Client::from(address.parse::<IpAddr>().unwrap()));
        let peer = Some(Peer("192.0.2.3".parse().unwrap()));
        assert_eq!(client_of(0, &headers, peer), client("192.0.2.3"));
        assert_eq!(client_of(1, &headers, peer), client("192.0.2.2"));
        assert_eq!(client_of(2, &headers, peer), client("192.0.2.1"));
        assert_eq!(client_of(9, &headers, peer), client("192.0.2.3"));
        assert_eq!(client_of(1, &HeaderMap::new(), peer), client("192.0.2.3"));
        assert_eq!(client_of(0, &headers, None), None);
    }

    #[test]
    fn only_what_stands_behind_bearer_is_ours() {
        let said = |text: &'static str| bearer(&HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static(text))])).map(str::to_owned);
        assert_eq!(said("bearer  abc").as_deref(), Some("abc"));
        assert_eq!(said("Basic abc"), None);
        assert_eq!(said("abc"), None);
    }

    #[test]
    fn the_address_leads_and_what_is_no_language_is_passed_over() {
        let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_static("en, tr;q=0.5"))]);
        let first = |uri: &str| {
            let wanted = wanted_of(&headers, &uri.parse().unwrap());
            wanted.choose(["de", "en", "tr"].into_iter()).map(str::to_owned)
        };
        assert_eq!(first("/").as_deref(), Some("en"));
        assert_eq!(first("/?x=1&locale=tr").as_deref(), Some("tr"));
        assert_eq!(first("/?locale=%00").as_deref(), Some("en"));
    }
}
