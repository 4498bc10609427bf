//! The doors of calendars: plain addresses for programs that follow no redirects, send no cookies, and ask for no media type.

mod negotiation;
mod shelf;

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts, Path, Request};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, HeaderName, REFERRER_POLICY, VARY};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower::ServiceExt;
use url::form_urlencoded;
use uuid::Uuid;

use self::shelf::{Kept, Shelf};
use super::address::{Address, Of};
use super::narrowing::{Narrowing, Unreadable};
use super::secret::{self, Closed};
use super::{feed, personal};
use crate::app::App;
use crate::http::conditional::{Content, Validators, answer, known, whole};
use crate::http::encoding::{encoded, say_encoded, taken};
use crate::kernel::{Fault, Refused};
use crate::secret::Purpose;

const PUBLIC: &str = "public, max-age=300, stale-while-revalidate=86400";
const PRIVATE: &str = "private, max-age=300";

/// What an answer of a secret address says to whoever passes it on, or finds it.
const SECRET: [(HeaderName, &str); 2] = [(REFERRER_POLICY, "no-referrer"), (HeaderName::from_static("x-robots-tag"), "noindex, nofollow")];

/// Public calendars and those for members are kept up to so many bytes, compressed ones among them.
const MOST_KEPT: usize = 64 << 20;

const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";

/// The addresses of all calendars. To a browser that opens one to look at it, `pages` shows what is in it.
pub fn router(app: App, pages: Router) -> Router {
    let house = House { app, shelf: Arc::new(Shelf::new(MOST_KEPT)), pages };
    Router::new()
        .route("/calendar.ics", get(|door: Door| door.open(Of::Network)))
        .route("/organisations/{slug}/calendar.ics", get(|Path(slug): Path<String>, door: Door| door.open(Of::Organisation(slug))))
        .route("/events/{slug}/calendar.ics", get(|Path(slug): Path<String>, door: Door| door.open(Of::Event(slug))))
        .route("/calendars/{secret}/registrations.ics", get(|Path(secret): Path<String>, door: Door| door.open(Of::Registrations(secret))))
        .route("/calendars/{secret}/members.ics", get(|Path(secret): Path<String>, door: Door| door.open(Of::Members(secret))))
        .with_state(house)
}

/// What all doors share.
#[derive(Clone)]
struct House {
    app: App,
    shelf: Arc<Shelf>,
    pages: Router,
}

/// What came beside the path.
struct Door {
    house: House,
    query: String,
    headers: HeaderMap,
    extensions: Extensions,
}

impl FromRequestParts<House> for Door {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Infallible> {
        Ok(Self {
            house: house.clone(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: parts.headers.clone(),
            extensions: parts.extensions.clone(),
        })
    }
}

impl Door {
    async fn open(self, of: Of) -> Response {
        let is_secret = of.is_secret();
        let mut response = match of.narrowed(&negotiation::without_wish(&self.query)) {
            Ok(address) if self.is_to_be_looked_at(&address.of) => self.page(&address).await,
            Ok(address) => self.answer(&address).await,
            Err(unreadable) => unread(&unreadable),
        };
        let headers = response.headers_mut();
        headers.append(VARY, HeaderValue::from_static("accept"));
        if is_secret {
            for (name, value) in SECRET {
                headers.insert(name, HeaderValue::from_static(value));
            }
        } else {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        }
        response
    }

    /// Whether a person looks. One event has a page already: its address is there to be saved.
    fn is_to_be_looked_at(&self, of: &Of) -> bool {
        !matches!(of, Of::Event(_)) && !negotiation::wishes_file(&self.query) && negotiation::is_browser(&self.headers)
    }

    /// The page of what is in it. What was ended is so for browsers, too.
    async fn page(&self, address: &Address) -> Response {
        let app = &self.house.app;
        let opened = match &address.of {
            Of::Registrations(token) => secret::holder(app, Purpose::Calendar, token).await.err(),
            Of::Members(token) => secret::member(app, token).await.err(),
            Of::Network | Of::Organisation(_) | Of::Event(_) => None,
        };
        if let Some(closed) = opened {
            return refused(app, &closed);
        }
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = page_of(address);
        *request.headers_mut() = self.headers.clone();
        *request.extensions_mut() = self.extensions.clone();
        match self.house.pages.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }

    async fn answer(&self, address: &Address) -> Response {
        let answered = match &address.of {
            Of::Network | Of::Organisation(_) | Of::Event(_) => self.public(address).await,
            Of::Registrations(token) => self.of_registrations(token, address).await,
            Of::Members(token) => self.for_members(token, address).await,
        };
        answered.unwrap_or_else(|closed| refused(&self.house.app, &closed))
    }

    async fn public(&self, address: &Address) -> Result<Response, Closed> {
        let app = &self.house.app;
        let key = address.path_and_query();
        let kept = self.house.shelf.get(app, &key, async || Ok(feed::public(app, address).await?)).await?;
        Ok(self.kept(&key, &kept, PUBLIC).await)
    }

    /// The same bytes for all members, made once for each language of theirs.
    async fn for_members(&self, token: &str, address: &Address) -> Result<Response, Closed> {
        let app = &self.house.app;
        let person = secret::member(app, token).await?;
        let locale = address.narrowing.locale.clone().or_else(|| person.locale.parse().ok());
        let narrowing = Narrowing { locale, ..address.narrowing.clone() };
        let key = Of::Members(String::new()).path() + &narrowing.query();
        let kept = self.house.shelf.get(app, &key, async || Ok(feed::for_members(app, &narrowing).await?)).await?;
        Ok(self.kept(&key, &kept, PRIVATE).await)
    }

    async fn of_registrations(&self, token: &str, address: &Address) -> Result<Response, Closed> {
        let app = &self.house.app;
        let person = secret::holder(app, Purpose::Calendar, token).await?;
        let feed = personal::of_registrations(app, &person, &address.narrowing).await?;
        let content = Content {
            media_type: MEDIA_TYPE,
            body: feed.text.into(),
            last_modified: feed.last_modified,
            filename: Some(feed.filename),
            cache_control: PRIVATE,
        };
        Ok(answer(&self.headers, content))
    }

    /// A calendar that is kept, compressed at the most once in each way.
    async fn kept(&self, key: &str, kept: &Kept, cache_control: &'static str) -> Response {
        let validators = Validators { tag: &kept.tag, last_modified: kept.last_modified, cache_control };
        if let Some(response) = known(&self.headers, &validators) {
            return response;
        }
        let whole = |body| whole(&validators, MEDIA_TYPE, Some(&kept.filename), body);
        let Some(encoding) = taken(&self.headers) else { return whole(kept.body.clone()) };
        let encode = || async {
            let bytes = encoded(kept.body.clone(), encoding).await;
            self.house.shelf.add(key, bytes.as_ref().map_or(0, Bytes::len));
            bytes
        };
        match kept.encoded[encoding].get_or_init(encode).await {
            Some(bytes) => {
                let mut response = whole(bytes.clone());
                say_encoded(&mut response, encoding);
                response
            }
            None => whole(kept.body.clone()),
        }
    }
}

/// Where the page of a calendar is.
fn page_of(address: &Address) -> Uri {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("of", &address.path_and_query());
    if let Some(locale) = &address.narrowing.locale {
        query.append_pair("locale", &locale.to_string());
    }
    format!("/calendar?{}", query.finish()).parse().unwrap_or_default()
}

fn unread(unreadable: &Unreadable) -> Response {
    let (de, en) = (unreadable.message(true), unreadable.message(false));
    let said = format!("Diese Kalender-Adresse ist nicht zu lesen: {de}.\nThis calendar's address cannot be read: {en}.\n");
    (StatusCode::BAD_REQUEST, said).into_response()
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, "There is no such calendar.\n").into_response()
}

fn refused(app: &App, closed: &Closed) -> Response {
    match closed {
        Closed::Ended => {
            let said = "Diese Kalender-Adresse gilt nicht mehr.\nThis calendar's address was ended.\n";
            (StatusCode::GONE, [(CACHE_CONTROL, "no-store")], said).into_response()
        }
        Closed::Fault(Fault::Refused(Refused::NotFound)) => missing(),
        Closed::Fault(fault) => {
            let incident = app.new_id::<Uuid>().simple().to_string();
            tracing::error!(incident, %fault, "a calendar could not be given");
            let words = format!("Something went wrong on our side. Please try again later; incident {incident}.\n");
            (StatusCode::INTERNAL_SERVER_ERROR, words).into_response()
        }
    }
}
