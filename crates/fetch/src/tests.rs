//! What is fetched, and what is not, over real connections.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

use crate::{Failure, Fetched, Fetcher, Limits, Resolve, Resolved, Validators};

/// A server that says to each who connects what it was told to, and remembers what it was asked.
struct Server {
    at: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn saying(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> Self {
        Self::with(None, answer).await
    }

    async fn with(tls: Option<TlsAcceptor>, answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (at, asked) = (listener.local_addr().unwrap(), Arc::new(Mutex::new(Vec::new())));
        let heard = Arc::clone(&asked);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let mut stream: Box<dyn crate::dial::Stream> = match &tls {
                    None => Box::new(stream),
                    Some(tls) => match tls.accept(stream).await {
                        Ok(stream) => Box::new(stream),
                        Err(_) => continue,
                    },
                };
                let mut head = vec![0; 8192];
                let length = stream.read(&mut head).await.unwrap_or(0);
                let head = String::from_utf8_lossy(&head[..length]).into_owned();
                // Who leaves before the end has had enough.
                _ = stream.write_all(&answer(&head)).await;
                _ = stream.shutdown().await;
                heard.lock().unwrap().push(head);
            }
        });
        Self { at, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.at)
    }

    fn times(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

/// Names that stand for something else each time; the last stays.
struct Names(Vec<Vec<SocketAddr>>, AtomicUsize);

impl Resolve for Names {
    fn resolve<'a>(&'a self, _: &'a str, _: u16) -> Resolved<'a> {
        let at = self.1.fetch_add(1, Ordering::SeqCst).min(self.0.len() - 1);
        Box::pin(async move { Ok(self.0[at].clone()) })
    }
}

fn limits() -> Limits {
    Limits { bytes: 100_000, connecting: Duration::from_millis(500), whole: Duration::from_millis(800) }
}

fn fetcher(allowed: &[SocketAddr]) -> Fetcher {
    Fetcher::new(limits()).unwrap().allowing(allowed)
}

async fn fetch(fetcher: &Fetcher, url: &str) -> Result<Fetched, Failure> {
    fetcher.fetch(&url.parse().unwrap(), &Validators::default()).await
}

fn plain(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again() {
    let server = Server::saying(|head| {
        if head.contains("if-none-match: \"1\"\r\n") && head.contains("if-modified-since: Tue") {
            return b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec();
        }
        plain("200 OK", "ETag: \"1\"\r\nLast-Modified: Tue, 17 May 2022 16:00:00 GMT\r\n", "BEGIN:VCALENDAR")
    })
    .await;
    let (fetcher, address) = (fetcher(&[server.at]), server.url("/a.ics?b").parse().unwrap());
    let Fetched::Text { bytes, validators } = fetcher.fetch(&address, &Validators::default()).await.unwrap() else { panic!() };
    assert_eq!(bytes, b"BEGIN:VCALENDAR");
    assert_eq!(fetcher.fetch(&address, &validators).await, Ok(Fetched::Unchanged));
    let asked = server.asked.lock().unwrap();
    assert!(asked[0].starts_with("GET /a.ics?b HTTP/1.1\r\n") && asked[0].contains(&format!("host: {}\r\n", server.at)), "{asked:?}");
}

#[tokio::test]
async fn nothing_reaches_a_private_network_by_number_name_or_redirect() {
    let secret = Server::saying(|_| plain("200 OK", "", "secret")).await;
    let port = secret.at.port();
    // By number, however it is written.
    for host in ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0"] {
        assert_eq!(fetch(&fetcher(&[]), &format!("http://{host}:{port}/")).await, Err(Failure::NotPublic), "{host}");
    }
    assert_eq!(fetch(&fetcher(&[]), "http://169.254.169.254/latest/meta-data/").await, Err(Failure::NotPublic));
    assert_eq!(fetch(&fetcher(&[]), "http://1.1.1.1:25/").await, Err(Failure::NotPublic), "the port of another service");
    // By name, also where it stands for something public beside it.
    let public: SocketAddr = "93.184.216.34:80".parse().unwrap();
    for found in [vec![secret.at], vec![public, secret.at], vec![format!("[::ffff:127.0.0.1]:{port}").parse().unwrap()]] {
        let names = Arc::new(Names(vec![found.clone()], AtomicUsize::new(0)));
        assert_eq!(fetch(&fetcher(&[]).resolving(names), "http://calendar.example/").await, Err(Failure::NotPublic), "{found:?}");
    }
    assert_eq!(fetch(&fetcher(&[]), "http://localhost/").await, Err(Failure::NotPublic));
    // By a redirect, from one who may be asked.
    let to = secret.url("/");
    let leading = Server::saying(move |_| plain("302 Found", &format!("Location: {to}\r\n"), "")).await;
    assert_eq!(fetch(&fetcher(&[leading.at]), &leading.url("/")).await, Err(Failure::NotPublic));
    assert_eq!((leading.times(), secret.times()), (1, 0));
}

#[tokio::test]
async fn what_was_checked_is_connected_to_whatever_the_name_stands_for_then() {
    let (right, wrong) = (Server::saying(|_| plain("200 OK", "", "right")).await, Server::saying(|_| plain("200 OK", "", "wrong")).await);
    let names = Arc::new(Names(vec![vec![right.at], vec![wrong.at]], AtomicUsize::new(0)));
    let fetcher = fetcher(&[right.at]).resolving(names.clone());
    let Fetched::Text { bytes, .. } = fetch(&fetcher, "http://calendar.example/").await.unwrap() else { panic!() };
    assert_eq!((bytes.as_slice(), names.1.load(Ordering::SeqCst)), (&b"right"[..], 1), "the name is resolved once");
    assert_eq!(fetch(&fetcher, "http://calendar.example/").await, Err(Failure::NotPublic), "and the next time checked anew");
    assert_eq!(wrong.times(), 0);
}

#[tokio::test]
async fn what_is_too_large_too_slow_or_garbled_is_left() {
    let large = Server::saying(|_| plain("200 OK", "", &"x".repeat(100_001))).await;
    assert_eq!(fetch(&fetcher(&[large.at]), &large.url("/")).await, Err(Failure::TooLarge));
    let endless = Server::saying(|_| {
        let mut answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
        (0..1000).for_each(|_| answer.extend_from_slice(format!("400\r\n{}\r\n", "x".repeat(1024)).as_bytes()));
        answer
    })
    .await;
    assert_eq!(fetch(&fetcher(&[endless.at]), &endless.url("/")).await, Err(Failure::TooLarge), "it does not say how much comes");
    let wide = Server::saying(|_| format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(100_000)).into_bytes()).await;
    assert_eq!(fetch(&fetcher(&[wide.at]), &wide.url("/")).await, Err(Failure::Garbled));
    let packed = Server::saying(|_| plain("200 OK", "Content-Encoding: gzip\r\n", "bomb")).await;
    assert_eq!(fetch(&fetcher(&[packed.at]), &packed.url("/")).await, Err(Failure::Garbled));
    let cut = Server::saying(|_| b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nBEGIN".to_vec()).await;
    assert_eq!(fetch(&fetcher(&[cut.at]), &cut.url("/")).await, Err(Failure::Garbled), "half a calendar is none");
    let junk = Server::saying(|_| b"SSH-2.0-OpenSSH\r\n".to_vec()).await;
    assert_eq!(fetch(&fetcher(&[junk.at]), &junk.url("/")).await, Err(Failure::Garbled));
    // Takes the connection, and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (at, began) = (silent.local_addr().unwrap(), Instant::now());
    assert_eq!(fetch(&fetcher(&[at]), &format!("http://{at}/")).await, Err(Failure::TooSlow));
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn redirects_are_followed_to_an_end_and_statuses_told() {
    let server = Server::saying(|head| match head.split(' ').nth(1) {
        Some("/one") => plain("301 Moved Permanently", "Location: /two\r\n", ""),
        Some("/two") => plain("307 Temporary Redirect", "Location: three?x\r\n", ""),
        Some("/three?x") => plain("200 OK", "", "here"),
        Some("/round") => plain("302 Found", "Location: /round\r\n", ""),
        Some("/file") => plain("302 Found", "Location: file:///etc/passwd\r\n", ""),
        Some("/nowhere") => plain("302 Found", "", ""),
        Some("/unasked") => b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec(),
        _ => plain("404 Not Found", "", "no"),
    })
    .await;
    let fetcher = fetcher(&[server.at]);
    assert!(matches!(fetch(&fetcher, &server.url("/one")).await, Ok(Fetched::Text { bytes, .. }) if bytes == b"here"));
    assert_eq!(fetch(&fetcher, &server.url("/round")).await, Err(Failure::TooManyRedirects));
    assert_eq!(fetch(&fetcher, &server.url("/file")).await, Err(Failure::BadRedirect));
    assert_eq!(fetch(&fetcher, &server.url("/nowhere")).await, Err(Failure::BadRedirect));
    assert_eq!(fetch(&fetcher, &server.url("/unasked")).await, Err(Failure::Status(304)));
    assert_eq!(fetch(&fetcher, &server.url("/other")).await, Err(Failure::Status(404)));
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    assert_eq!(fetch(&self::fetcher(&[gone]), &format!("http://{gone}/")).await, Err(Failure::NoAnswer));
    struct Nobody;
    impl Resolve for Nobody {
        fn resolve<'a>(&'a self, _: &'a str, _: u16) -> Resolved<'a> {
            Box::pin(async { Err(io::Error::other("no such name")) })
        }
    }
    assert_eq!(fetch(&fetcher.resolving(Arc::new(Nobody)), "http://calendar.example/").await, Err(Failure::UnknownHost));
}

#[tokio::test]
async fn who_is_encrypted_must_be_who_they_are_called() {
    let made = rcgen::generate_simple_self_signed(vec!["calendar.example".to_owned()]).unwrap();
    let certificate = CertificateDer::from(made.cert.der().to_vec());
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions().unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![certificate.clone()], key).unwrap();
    let server = Server::with(Some(TlsAcceptor::from(Arc::new(config))), |_| plain("200 OK", "", "safe")).await;
    let mut authorities = RootCertStore::empty();
    authorities.add(certificate).unwrap();
    let names = || Arc::new(Names(vec![vec![server.at]], AtomicUsize::new(0)));
    let trusting = fetcher(&[server.at]).resolving(names()).trusting(authorities);
    assert!(matches!(fetch(&trusting, "webcal://calendar.example/").await, Ok(Fetched::Text { bytes, .. }) if bytes == b"safe"));
    assert_eq!(fetch(&trusting, "https://other.example/").await, Err(Failure::BadCertificate));
    assert_eq!(fetch(&fetcher(&[server.at]).resolving(names()), "https://calendar.example/").await, Err(Failure::BadCertificate));
}
