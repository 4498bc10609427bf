//! A client that watches: `graphql-transport-ws` over a WebSocket.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;

use crate::process::Server;

/// How long something that is to come may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open socket.
#[derive(Debug)]
pub struct Socket(WebSocketStream<TcpStream>);

impl Server {
    /// Opens a socket with headers of one's own, and begins.
    ///
    /// # Panics
    /// Where that does not succeed.
    pub async fn socket(&self, headers: &[(&'static str, &str)], introduction: Value) -> Socket {
        let mut socket = self.silent_socket(headers).await;
        socket.say(json!({ "type": "connection_init", "payload": introduction })).await;
        assert_eq!(socket.hears().await, Ok(json!({ "type": "connection_ack" })));
        socket
    }

    /// Opens a socket, and does not begin.
    ///
    /// # Panics
    /// Where that does not succeed.
    pub async fn silent_socket(&self, headers: &[(&'static str, &str)]) -> Socket {
        let mut request = format!("ws://{}/graphql", self.address()).into_client_request().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static("graphql-transport-ws"));
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        let stream = TcpStream::connect(self.address()).await.unwrap();
        Socket(tokio_tungstenite::client_async(request, stream).await.unwrap().0)
    }
}

impl Socket {
    /// Subscribes under a name.
    pub async fn subscribe(&mut self, id: &str, query: &str, variables: Value) {
        self.say(json!({ "type": "subscribe", "id": id, "payload": { "query": query, "variables": variables } })).await;
    }

    /// Says something.
    ///
    /// # Panics
    /// Where it cannot be said.
    pub async fn say(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    /// What is said next; or with which number and words the socket is closed.
    ///
    /// # Errors
    /// Where the socket is closed.
    ///
    /// # Panics
    /// Where nothing comes.
    pub async fn hears(&mut self) -> Result<Value, String> {
        loop {
            match timeout(PATIENCE, self.0.next()).await.unwrap() {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(Some(close)))) => return Err(format!("{} {}", close.code, close.reason)),
                None | Some(Ok(Message::Close(None)) | Err(_)) => return Err("gone".to_owned()),
                Some(Ok(_)) => {}
            }
        }
    }

    /// The data that come next for any subscription.
    ///
    /// # Panics
    /// Where others come.
    pub async fn data(&mut self) -> Value {
        let mut heard = self.hears().await.unwrap();
        assert_eq!(heard["type"], "next", "{heard}");
        assert!(heard["payload"]["errors"].is_null(), "{heard}");
        heard["payload"]["data"].take()
    }

    /// The code of the error that comes next.
    ///
    /// # Panics
    /// Where none comes.
    pub async fn refusal(&mut self) -> String {
        let heard = self.hears().await.unwrap();
        heard["payload"]["errors"][0]["extensions"]["code"].as_str().unwrap_or_else(|| panic!("{heard}")).to_owned()
    }

    /// Whether anything comes within a while.
    pub async fn hears_something(&mut self) -> bool {
        timeout(Duration::from_millis(700), self.hears()).await.is_ok()
    }
}
