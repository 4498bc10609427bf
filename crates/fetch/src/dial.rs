//! From an address to a connection with what it stands for.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;
use url::Host;

use crate::{Address, Failure, is_public};

/// The ports of the web: others are of services that have nothing to do with it.
const PORTS: [u16; 4] = [80, 443, 8080, 8443];

/// What a name stands for, once it is known.
pub type Resolved<'a> = Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send + 'a>>;

/// Says what names stand for.
pub trait Resolve: Send + Sync {
    /// What a name stands for.
    fn resolve<'a>(&'a self, host: &'a str, port: u16) -> Resolved<'a>;
}

/// As the machine resolves names.
pub(crate) struct System;

impl Resolve for System {
    fn resolve<'a>(&'a self, host: &'a str, port: u16) -> Resolved<'a> {
        Box::pin(async move { Ok(tokio::net::lookup_host((host, port)).await?.collect()) })
    }
}

/// A connection.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// Whom to connect to, and how.
#[derive(Clone)]
pub(crate) struct Dialer {
    pub resolver: Arc<dyn Resolve>,
    pub allowed: Arc<[SocketAddr]>,
    pub tls: Arc<ClientConfig>,
    pub patience: Duration,
}

impl Dialer {
    /// Connects to what an address stands for, once all of it has proved to be public.
    pub async fn connect(&self, address: &Address) -> Result<Box<dyn Stream>, Failure> {
        let checked = self.checked(address).await?;
        let mut failure = Failure::NoAnswer;
        for peer in checked {
            match timeout(self.patience, TcpStream::connect(peer)).await {
                Ok(Ok(stream)) => return self.encrypted(address, stream).await,
                Ok(Err(_)) => failure = Failure::NoAnswer,
                Err(_) => failure = Failure::TooSlow,
            }
        }
        Err(failure)
    }

    /// The addresses that a name stands for. One that is not public speaks against all: nobody means both.
    async fn checked(&self, address: &Address) -> Result<Vec<SocketAddr>, Failure> {
        let port = address.port();
        let found = match address.name().ok_or(Failure::UnknownHost)? {
            Host::Ipv4(ip) => vec![SocketAddr::new(IpAddr::V4(ip), port)],
            Host::Ipv6(ip) => vec![SocketAddr::new(IpAddr::V6(ip), port)],
            Host::Domain(name) => {
                let found = timeout(self.patience, self.resolver.resolve(name, port)).await.map_err(|_| Failure::TooSlow)?;
                found.map_err(|_| Failure::UnknownHost)?
            }
        };
        if found.is_empty() {
            return Err(Failure::UnknownHost);
        }
        let may_be_asked = |peer: &SocketAddr| self.allowed.contains(peer) || (is_public(peer.ip()) && PORTS.contains(&peer.port()));
        if found.iter().all(may_be_asked) { Ok(found) } else { Err(Failure::NotPublic) }
    }

    async fn encrypted(&self, address: &Address, stream: TcpStream) -> Result<Box<dyn Stream>, Failure> {
        if !address.is_encrypted() {
            return Ok(Box::new(stream));
        }
        let name = match address.name().ok_or(Failure::UnknownHost)? {
            Host::Ipv4(ip) => ServerName::from(IpAddr::V4(ip)),
            Host::Ipv6(ip) => ServerName::from(IpAddr::V6(ip)),
            Host::Domain(name) => ServerName::try_from(name.to_owned()).map_err(|_| Failure::UnknownHost)?,
        };
        match timeout(self.patience, TlsConnector::from(Arc::clone(&self.tls)).connect(name, stream)).await {
            Ok(Ok(stream)) => Ok(Box::new(stream)),
            Ok(Err(_)) => Err(Failure::BadCertificate),
            Err(_) => Err(Failure::TooSlow),
        }
    }
}
