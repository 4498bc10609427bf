//! Subscriptions: GraphQL over WebSocket, in the protocol `graphql-transport-ws`.
//!
//! A socket takes subscriptions alone: queries and mutations go by POST, with all that holds there. Who asks is known by the request
//! that opens it, or by `{"authorization": "Bearer …"}` in the payload of `connection_init`, as no page can set headers there.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::http::ALL_WEBSOCKET_PROTOCOLS;
use async_graphql::parser::types::OperationType;
use async_graphql::{Data, Executor, Pos, Request, Response as GraphqlResponse};
use async_graphql_axum::{GraphQLProtocol, GraphQLWebSocket};
use axum::extract::FromRequestParts;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::header::{AUTHORIZATION, ORIGIN, SEC_WEBSOCKET_PROTOCOL, UPGRADE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, BoxStream};
use futures_util::{SinkExt, StreamExt, sink};
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, timeout};

use super::outcome::Outcome;
use super::{Edge, graphql, negotiation, viewer};
use crate::access::Viewer;
use crate::app::{Caller, Cx};
use crate::gql::or_code;
use crate::kernel::Refused;
use crate::kernel::fault::BadInput;
use crate::people::ops::{Proof, recognise};
use crate::schema::{self, Schema};

/// What a socket costs a client, as [`crate::kernel::Throttle`] counts.
const COST: u32 = 20;
/// Subscriptions of one socket at the most.
const SUBSCRIPTIONS: usize = 20;
/// In which time a client must say `connection_init`.
const GREETING: Duration = Duration::from_secs(10);
/// How often a client is asked whether it is still there: sooner than proxies close what is silent.
const PULSE: Duration = Duration::from_secs(25);
/// After how long without an answer it is not.
const GONE: Duration = Duration::from_secs(60);

/// Says that it was not greeted, in the words of the protocol.
const NOT_GREETED: (u16, &str) = (4408, "Connection initialisation timeout");
/// Has the client connect again (RFC 6455 section 7.4 and its registry): here, or to another process.
const BEGIN_ANEW: (u16, &str) = (1012, "please connect again");

/// Whether a request would open a socket.
pub fn is_asked_for(headers: &HeaderMap) -> bool {
    headers.get(UPGRADE).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

/// Opens a socket.
pub async fn open(edge: &Edge, mut parts: Parts, cx: Cx) -> Response {
    let newer = ALL_WEBSOCKET_PROTOCOLS[0];
    let offered = negotiation::joined(&parts.headers, &SEC_WEBSOCKET_PROTOCOL);
    if !offered.split(',').any(|protocol| protocol.trim() == newer) {
        return (StatusCode::BAD_REQUEST, format!("only the WebSocket protocol {newer} is spoken here")).into_response();
    }
    parts.headers.insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(newer));
    let cx = if may_be_anothers_page(&parts.headers, &cx.app.config.public_url) { without_cookie(cx, &parts.headers) } else { cx };
    if cx.slow_down(COST).is_err() {
        return StatusCode::TOO_MANY_REQUESTS.into_response();
    }
    let Ok(place) = Arc::clone(&edge.sockets).try_acquire_owned() else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let protocol = match GraphQLProtocol::from_request_parts(&mut parts, &()).await {
        Ok(protocol) => protocol,
        Err(status) => return status.into_response(),
    };
    let most = cx.app.config.limits.body_bytes;
    match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => {
            let upgrade = upgrade.protocols([newer]).max_message_size(most).max_frame_size(most);
            let talk = Talk { protocol, schema: edge.schema.clone(), cx, _place: place };
            upgrade.on_upgrade(move |socket| talk.go_on(socket))
        }
        Err(rejection) => rejection.into_response(),
    }
}

/// Whether a page of another site opens it: browsers let every page do so, and send cookies along.
fn may_be_anothers_page(headers: &HeaderMap, own: &str) -> bool {
    headers.get(ORIGIN).is_some_and(|origin| origin != own)
}

/// Nobody's cookie counts in what another site's page does.
fn without_cookie(cx: Cx, headers: &HeaderMap) -> Cx {
    if headers.contains_key(AUTHORIZATION) {
        return cx;
    }
    Cx { viewer: Viewer::Visitor, caller: Caller { credential: None, ..cx.caller }, ..cx }
}

/// An open socket.
struct Talk {
    protocol: GraphQLProtocol,
    schema: Schema,
    cx: Cx,
    _place: OwnedSemaphorePermit,
}

impl Talk {
    async fn go_on(self, socket: WebSocket) {
        let mut gaps = self.cx.app.live.gaps();
        let (mut out, incoming) = socket.split();
        let (heard, last_heard) = watch::channel(Instant::now());
        let incoming = incoming.inspect(move |_| _ = heard.send_replace(Instant::now()));
        let (written, mut to_write) = mpsc::channel(16);
        let to_client =
            Box::pin(sink::unfold(written, async |written: mpsc::Sender<Message>, message| written.send(message).await.map(|()| written)));
        let (greeted, mut was_greeted) = watch::channel(false);
        let executor = Subscriptions { schema: self.schema, places: Arc::new(Semaphore::new(SUBSCRIPTIONS)) };
        let cx = self.cx;
        let talking = GraphQLWebSocket::new_with_pair(to_client, incoming, executor, self.protocol)
            .on_connection_init(async move |payload| {
                greeted.send_replace(true);
                introduced(cx, payload).await
            })
            .serve();
        tokio::pin!(talking);
        let mut pulse = interval(PULSE);
        pulse.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let deadline = sleep(GREETING);
        tokio::pin!(deadline);
        let mut is_over = false;
        let end = loop {
            let message = tokio::select! {
                biased;
                _ = gaps.changed() => break Some(BEGIN_ANEW),
                message = to_write.recv() => match message {
                    Some(message) => message,
                    None => break None,
                },
                () = &mut talking, if !is_over => {
                    // What it said last is still to be written.
                    is_over = true;
                    to_write.close();
                    continue;
                }
                () = &mut deadline, if !*was_greeted.borrow_and_update() => break Some(NOT_GREETED),
                _ = pulse.tick() => {
                    if last_heard.borrow().elapsed() > GONE {
                        break None;
                    }
                    Message::Ping(Vec::new().into())
                }
            };
            if !matches!(timeout(GONE, out.send(message)).await, Ok(Ok(()))) {
                break None;
            }
        };
        let close = end.map(|(code, reason)| CloseFrame { code, reason: reason.into() });
        // Who is gone by now needs no goodbye.
        _ = timeout(GREETING, out.send(Message::Close(close))).await;
    }
}

/// Who asks, by what the client says of itself when it begins.
async fn introduced(cx: Cx, payload: Value) -> async_graphql::Result<Data> {
    let bearer = payload.get("authorization").or_else(|| payload.get("Authorization")).and_then(Value::as_str);
    let cx = match bearer.map(viewer::secret_of_bearer) {
        None => cx,
        Some(None) => return Err(BAD_CREDENTIALS.into()),
        Some(Some(secret)) => match recognise(&cx.app, Proof::Bearer(secret), false).await {
            Ok(Some((viewer, credential))) => Cx { viewer, caller: Caller { credential: Some(credential), ..cx.caller }, ..cx },
            Ok(None) => return Err(BAD_CREDENTIALS.into()),
            Err(fault) => return Err(or_code(&cx, &fault)),
        },
    };
    let mut data = Data::default();
    data.insert(cx);
    Ok(data)
}

const BAD_CREDENTIALS: &str = "Forbidden";

/// What executes the subscriptions of one socket.
#[derive(Clone)]
struct Subscriptions {
    schema: Schema,
    places: Arc<Semaphore>,
}

impl Executor for Subscriptions {
    /// A socket executes streams alone.
    async fn execute(&self, _: Request) -> GraphqlResponse {
        GraphqlResponse::default()
    }

    fn execute_stream(&self, request: Request, said: Option<Arc<Data>>) -> BoxStream<'static, GraphqlResponse> {
        let cx = said.and_then(|said| said.get(&std::any::TypeId::of::<Cx>()).and_then(|cx| cx.downcast_ref::<Cx>()).cloned());
        // The protocol lets nobody subscribe before they have begun.
        let Some(cx) = cx else { return stream::empty().boxed() };
        match self.checked(&cx, request) {
            Ok((request, place)) => schema::subscribe(&self.schema, cx.clone(), request)
                .map(move |response| {
                    // Taken as long as it goes on.
                    let _place = &place;
                    Outcome::of(&cx, response).into_response()
                })
                .boxed(),
            Err(outcome) => stream::once(async { outcome.into_response() }).boxed(),
        }
    }
}

impl Subscriptions {
    fn checked(&self, cx: &Cx, mut request: Request) -> Result<(Request, OwnedSemaphorePermit), Box<Outcome>> {
        let refused = |refused: Refused| {
            let error = or_code(cx, &refused.into()).into_server_error(Pos::default());
            Box::new(Outcome::of(cx, GraphqlResponse::from_errors(vec![error])))
        };
        // Where it is not clear which operation is meant, the executor says so.
        if graphql::checked(cx, &mut request)?.is_some_and(|kind| kind != OperationType::Subscription) {
            return Err(refused(BadInput::OnlySubscriptions.into()));
        }
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| refused(Refused::RateLimited))?;
        Ok((request, place))
    }
}
