//! A schema that answers what it is told to, and a visitor.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_graphql::{Data, Executor, Request, Response, Value};
use axum::Router;
use axum::body::Body;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::{HeaderMap, StatusCode};
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use http_body_util::BodyExt;
use serde_json::Value as Json;
use tower::ServiceExt;

use crate::visit::Asked;
use crate::{Site, router};

/// What was asked: the name of the page whose question it was, or of the form (`event/register`), the variables, and the path
/// that came with it.
pub type Question = (String, Json, String);

/// A schema that answers what it is told to.
#[derive(Clone)]
pub struct Fake {
    answer: Arc<dyn Fn(&str) -> Response + Send + Sync>,
    pub asked: Arc<Mutex<Vec<Question>>>,
}

impl Executor for Fake {
    async fn execute(&self, request: Request) -> Response {
        let mutation = |(page, form, text): (&str, &str, &str)| (text == request.query).then(|| format!("{page}/{form}"));
        let query = |(page, text): (&str, &str)| (text == request.query).then(|| page.to_owned());
        let name = crate::queries().find_map(query).or_else(|| crate::mutations().find_map(mutation)).unwrap();
        let variables = serde_json::to_value(&request.variables).unwrap();
        let with = request.data.get(&std::any::TypeId::of::<Asked>()).and_then(|data| data.downcast_ref::<Asked>()).unwrap();
        self.asked.lock().unwrap().push((name.clone(), variables, with.uri.to_string()));
        (self.answer)(&name)
    }

    fn execute_stream(&self, _: Request, _: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        stream::empty().boxed()
    }
}

/// What a visitor gets.
pub struct Got {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Got {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        assert!(self.text.contains(text), "{text} is not in\n{}", self.text);
        self
    }

    /// What the page says to programs. No other script is in it.
    #[track_caller]
    pub fn linked(&self) -> Option<serde_json::Value> {
        const BEGIN: &str = "<script type=\"application/ld+json\">";
        let scripts = self.text.to_lowercase().matches("<script").count();
        let Some((_, rest)) = self.text.split_once(BEGIN) else {
            assert_eq!(scripts, 0, "{}", self.text);
            return None;
        };
        assert_eq!(scripts, 1, "{}", self.text);
        let (json, _) = rest.split_once("</script>").unwrap();
        Some(serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}")))
    }

    #[track_caller]
    pub fn says_not(&self, text: &str) -> &Self {
        assert!(!self.text.contains(text), "{text} is in\n{}", self.text);
        self
    }
}

/// A site over a fake schema.
pub struct World {
    pub fake: Fake,
    router: Router,
}

impl World {
    /// One that answers each page, by its name, with data.
    pub fn of(data: impl Fn(&str) -> Json + Send + Sync + 'static) -> Self {
        Self::responding(move |name| Response::new(Value::from_json(data(name)).unwrap()))
    }

    /// One that answers each page, by its name, with a response.
    pub fn responding(answer: impl Fn(&str) -> Response + Send + Sync + 'static) -> Self {
        let fake = Fake { answer: Arc::new(answer), asked: Arc::default() };
        let now = || "2022-05-18T10:00:00Z".parse().unwrap();
        let keys = AtomicUsize::new(0);
        let new_key = move || format!("key-{}", keys.fetch_add(1, Ordering::Relaxed) + 1);
        let site = Site {
            public_url: "https://miso.example".into(),
            now: Arc::new(now),
            new_key: Arc::new(new_key),
            shows_starter_data: true,
            session_cookie: "session",
        };
        Self { router: router(fake.clone(), site), fake }
    }

    /// What a visitor gets who has a German browser.
    pub async fn get(&self, uri: &str) -> Got {
        self.get_in(uri, "de").await
    }

    /// What a visitor gets who accepts some languages.
    pub async fn get_in(&self, uri: &str, languages: &str) -> Got {
        self.send(axum::http::Request::get(uri).header(ACCEPT_LANGUAGE, languages).body(Body::empty()).unwrap()).await
    }

    /// What a visitor gets who sends a form of ours.
    pub async fn post(&self, uri: &str, form: &str) -> Got {
        self.post_as(uri, &[("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")], form).await
    }

    /// What somebody gets who sends something.
    pub async fn post_as(&self, uri: &str, headers: &[(&str, &str)], body: &str) -> Got {
        let mut request = axum::http::Request::post(uri).header(ACCEPT_LANGUAGE, "de");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    /// What was asked so far: names, and with what variables.
    pub fn asked(&self) -> Vec<(String, Json)> {
        self.fake.asked.lock().unwrap().iter().map(|(name, variables, _)| (name.clone(), variables.clone())).collect()
    }

    /// The mutations that were asked for so far, and with what variables.
    pub fn done(&self) -> Vec<(String, Json)> {
        self.asked().into_iter().filter(|(name, _)| crate::mutations().any(|(page, form, _)| format!("{page}/{form}") == *name)).collect()
    }

    async fn send(&self, request: axum::http::Request<Body>) -> Got {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Got { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }
}
