//! Encrypted connections: a server with a certificate stands before the one that takes the mails.

use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

use crate::compose::tests::message_to;
use crate::network::authorities;
use crate::sink::Sink;
use crate::{Cause, Failure, Mailer, Server, Stage};

/// What the server does after STARTTLS.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Door {
    /// There is no STARTTLS: it is encrypted from the first octet.
    Implicit,
    /// It does as it says.
    StartTls,
    /// Somebody on the way adds an answer that is not encrypted.
    Slipped,
    /// It changes its mind.
    Refused,
}

/// A server at 127.0.0.1 before a sink, and its certificate.
async fn before(sink: &Sink, door: Door) -> (u16, CertificateDer<'static>) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let behind = sink.url().trim_start_matches("smtp://").to_owned();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut sink = TcpStream::connect(&behind).await.unwrap();
            if door != Door::Implicit {
                greet(&mut stream, door).await;
                skip_greeting(&mut sink).await;
            }
            // A client that does not believe the certificate hangs up.
            if let Ok(mut stream) = acceptor.accept(stream).await {
                let _ = copy_bidirectional(&mut stream, &mut sink).await;
            }
        }
    });
    (port, cert.der().clone())
}

async fn greet(stream: &mut TcpStream, door: Door) {
    let mut heard = [0; 200];
    stream.write_all(b"220-door.example.org\r\n220 ESMTP\r\n").await.unwrap();
    let _ = stream.read(&mut heard).await;
    stream.write_all(b"250-door.example.org\r\n250-starttls\r\n250 8BITMIME\r\n").await.unwrap();
    let _ = stream.read(&mut heard).await;
    let answer: &[u8] = match door {
        Door::Slipped => b"220 2.0.0 Go on\r\n250 AUTH PLAIN\r\n",
        Door::Refused => b"454 4.7.0 Not now\r\n",
        Door::StartTls | Door::Implicit => b"220 2.0.0 Go on\r\n",
    };
    let _ = stream.write_all(answer).await;
}

async fn skip_greeting(sink: &mut TcpStream) {
    while sink.read_u8().await.unwrap() != b'\n' {}
}

/// Sends a mail through the door, with or without belief in its certificate.
async fn send(door: Door, believed: bool) -> (Result<(), Failure>, Vec<String>) {
    let sink = Sink::start().await.unwrap();
    let (port, certificate) = before(&sink, door).await;
    let url = match door {
        Door::Implicit => format!("smtps://user:secret@127.0.0.1:{port}"),
        _ => format!("smtp://user:secret@127.0.0.1:{port}?tls=required"),
    };
    let mut server = Server::parse(&url, "localhost").unwrap();
    if believed {
        let mut roots = RootCertStore::empty();
        roots.add(certificate).unwrap();
        server.tls = authorities(roots).unwrap();
    }
    let outcome = Mailer::server(server).send(&message_to("amal@example.org")).await;
    assert_eq!(sink.mails().len(), usize::from(outcome.is_ok()));
    (outcome.map(|_| ()), sink.commands())
}

#[tokio::test]
async fn mails_and_passwords_go_encrypted() {
    for door in [Door::Implicit, Door::StartTls] {
        let (outcome, commands) = send(door, true).await;
        assert_eq!(outcome, Ok(()));
        assert!(commands[1].starts_with("AUTH PLAIN"), "{commands:?}");
    }
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_hears_nothing() {
    for door in [Door::Implicit, Door::StartTls] {
        let (outcome, commands) = send(door, false).await;
        assert!(matches!(outcome, Err(Failure::Unreachable { cause: Cause::Encryption(_) })), "{outcome:?}");
        assert!(commands.is_empty());
    }
}

#[tokio::test]
async fn what_is_slipped_in_before_the_encryption_is_not_believed() {
    assert_eq!(send(Door::Slipped, true).await, (Err(Failure::Unreachable { cause: Cause::Lost(Stage::StartTls) }), Vec::new()));
}

#[tokio::test]
async fn a_server_that_does_not_encrypt_now_is_asked_later() {
    let (outcome, commands) = send(Door::Refused, true).await;
    assert!(matches!(outcome, Err(Failure::Later { .. })), "{outcome:?}");
    assert!(commands.is_empty());
}
