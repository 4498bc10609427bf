//! Taking connections, and letting go of them without cutting an answer.

use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt;

/// Who connected: a client, or a proxy. It is neither logged nor stored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

impl std::fmt::Debug for Peer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Peer")
    }
}

/// How long requests may take to end, once the process is told to stop.
const PATIENCE: Duration = Duration::from_secs(20);

/// In which time the head of a request must come in; a connection that asks nothing for as long is closed. Longer than proxies
/// keep theirs open, so that none sends a request into a connection that just closed.
const HEAD: Duration = Duration::from_secs(75);

/// Serves until `stop`, `most` connections at the same time: whoever comes then waits to be taken. After `stop` it takes no more, and
/// returns when the last answer is out, at the latest after 20 s.
pub async fn serve(listener: TcpListener, router: Router, most: usize, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(most));
    let mut protocols = auto::Builder::new(TokioExecutor::new());
    protocols.http1().timer(TokioTimer::new()).header_read_timeout(HEAD);
    protocols.http2().timer(TokioTimer::new()).keep_alive_interval(HEAD);
    let open = GracefulShutdown::new();
    let (not_stopping, stopping) = watch::channel(());
    tokio::pin!(stop);
    loop {
        let accepting = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, stream, peer) = tokio::select! {
            (place, accepted) = accepting => match accepted {
                Ok((stream, address)) => (place, stream, Peer(address.ip())),
                Err(error) => {
                    // Too many open files, say: it passes when others end.
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        // An answer goes out at once, not with the next one.
        _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone().map_request(move |mut request: http::Request<_>| {
            request.extensions_mut().insert(peer);
            request
        }));
        let (protocols, open, mut stopping) = (protocols.clone(), open.watcher(), stopping.clone());
        tokio::spawn(async move {
            let _place = place;
            tokio::select! {
                said = tokio::time::timeout(HEAD, stream.readable()) => if !matches!(said, Ok(Ok(()))) { return },
                // Who has said nothing yet does not hold up the end.
                _ = stopping.changed() => return,
            }
            let connection = protocols.serve_connection_with_upgrades(TokioIo::new(stream), service).into_owned();
            if let Err(error) = open.watch(connection).await {
                tracing::debug!(error, "a connection ended early");
            }
        });
    }
    drop((listener, not_stopping));
    tracing::info!(open = open.count(), "stopping: open requests end first");
    if tokio::time::timeout(PATIENCE, open.shutdown()).await.is_err() {
        tracing::warn!(seconds = PATIENCE.as_secs(), "stopped, though some requests had not ended");
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn an_answer_that_began_is_not_cut_and_silence_holds_up_nothing() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (began, has_begun) = oneshot::channel();
        let began = Arc::new(std::sync::Mutex::new(Some(began)));
        let slow = get(async move || {
            began.lock().unwrap().take().unwrap().send(()).unwrap();
            tokio::time::sleep(Duration::from_millis(200)).await;
            "whole"
        });
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(serve(listener, Router::new().route("/", slow), 2, async { stopped.await.unwrap() }));
        let silent = TcpStream::connect(address).await.unwrap();
        let mut asking = TcpStream::connect(address).await.unwrap();
        asking.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        has_begun.await.unwrap();
        stop.send(()).unwrap();
        let mut answer = String::new();
        asking.read_to_string(&mut answer).await.unwrap();
        assert!(answer.ends_with("whole"), "{answer}");
        tokio::time::timeout(Duration::from_secs(5), serving).await.unwrap().unwrap();
        assert!(TcpStream::connect(address).await.is_err());
        drop(silent);
    }

    #[tokio::test]
    async fn who_comes_when_all_connections_are_taken_waits_until_one_ends() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/", get(async || "whole"));
        let serving = tokio::spawn(serve(listener, router, 1, std::future::pending()));
        let ask = async |stream: &mut TcpStream| stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
        let (silent, mut waiting) = (TcpStream::connect(address).await.unwrap(), TcpStream::connect(address).await.unwrap());
        ask(&mut waiting).await;
        let mut answer = String::new();
        let reading = tokio::time::timeout(Duration::from_millis(200), waiting.read_to_string(&mut answer));
        assert!(reading.await.is_err(), "the only place is taken");
        drop(silent);
        let mut rest = String::new();
        tokio::time::timeout(Duration::from_secs(5), waiting.read_to_string(&mut rest)).await.unwrap().unwrap();
        assert!((answer + &rest).ends_with("whole"));
        serving.abort();
    }
}
