//! From a server's name to a connection that is as encrypted as it should be.

use std::net::SocketAddr;

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::ServerName;
use url::Host;

use super::hello::{Hello, start_tls};
use super::wire::Wire;
use super::{Encryption, Server};
use crate::{Cause, Failure, Stage};

/// A stream that lettre can speak on.
pub(super) type Stream = Box<dyn AsyncTokioStream>;

/// Connects.
pub(super) async fn dial(server: &Server) -> Result<Stream, Failure> {
    let (stream, peer) = connect(server).await?;
    match server.encryption {
        Encryption::None => Ok(Box::new(Wire::new(stream, peer))),
        Encryption::Implicit => Ok(Box::new(Wire::new(encrypt(server, stream).await?, peer))),
        Encryption::Required | Encryption::Opportunistic => match start_tls(server, stream).await? {
            Hello::ReadyForTls(stream) => Ok(Box::new(Wire::greeted(encrypt(server, stream).await?, peer))),
            Hello::NoTls(_) if server.encryption == Encryption::Required => Err(unreachable(Cause::NotEncrypted)),
            Hello::NoTls(stream) => Ok(Box::new(Wire::greeted(stream, peer))),
        },
    }
}

/// Tries the server's addresses one after the other. Small writes are sent at once: lettre ends a mail with one, and the
/// kernel would hold it back for 40 milliseconds.
async fn connect(server: &Server) -> Result<(TcpStream, SocketAddr), Failure> {
    let failed = |error: std::io::Error| unreachable(Cause::Connect(error.to_string()));
    let slow = || unreachable(Cause::Connect("it takes too long".into()));
    let addresses: Vec<SocketAddr> = match &server.host {
        Host::Ipv4(address) => vec![(*address, server.port).into()],
        Host::Ipv6(address) => vec![(*address, server.port).into()],
        Host::Domain(name) => {
            let lookup = timeout(server.patience_to_connect, lookup_host((name.as_str(), server.port)));
            lookup.await.map_err(|_| slow())?.map_err(failed)?.collect()
        }
    };
    let mut failure = unreachable(Cause::Connect("its name has no address".into()));
    for address in addresses {
        match timeout(server.patience_to_connect, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                stream.set_nodelay(true).map_err(failed)?;
                return Ok((stream, address));
            }
            Ok(Err(error)) => failure = failed(error),
            Err(_) => failure = slow(),
        }
    }
    Err(failure)
}

async fn encrypt(server: &Server, stream: TcpStream) -> Result<TlsStream<TcpStream>, Failure> {
    let name = match &server.host {
        Host::Domain(name) => ServerName::try_from(name.clone()).map_err(|error| unreachable(Cause::Encryption(error.to_string())))?,
        Host::Ipv4(address) => ServerName::IpAddress((*address).into()),
        Host::Ipv6(address) => ServerName::IpAddress((*address).into()),
    };
    match timeout(server.patience, TlsConnector::from(server.tls.clone()).connect(name, stream)).await {
        Ok(encrypted) => encrypted.map_err(|error| unreachable(Cause::Encryption(error.to_string()))),
        Err(_) => Err(unreachable(Cause::TooSlow(Stage::StartTls))),
    }
}

const fn unreachable(cause: Cause) -> Failure {
    Failure::Unreachable { cause }
}
