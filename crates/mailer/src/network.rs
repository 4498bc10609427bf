//! Reaching servers of mails: from a name to a connection that is encrypted, with a certificate that was checked.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, Error, RootCertStore};
use url::{Host, Url};

use crate::{Cause, Stage};

/// User and password are not what percent-encoding makes, or one of them is missing.
pub(crate) struct Undecodable;

/// What believes the authorities of Mozilla.
pub(crate) fn mozilla() -> Result<Arc<ClientConfig>, Error> {
    authorities(webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect())
}

/// What believes these authorities.
pub(crate) fn authorities(roots: RootCertStore) -> Result<Arc<ClientConfig>, Error> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions()?;
    Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}

/// The host of a URL. One whose scheme is not the web's keeps every host as a name.
pub(crate) fn host(url: &Url) -> Option<Host<String>> {
    match url.host()? {
        Host::Domain(name) => Host::parse(name).ok(),
        host => Some(host.to_owned()),
    }
}

/// User and password of a URL.
pub(crate) fn credentials(url: &Url) -> Result<Option<(String, String)>, Undecodable> {
    let decoded = |text| percent_decode_str(text).decode_utf8().map(String::from).map_err(|_| Undecodable);
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) | (_, None) => Err(Undecodable),
        (user, Some(password)) => Ok(Some((decoded(user)?, decoded(password)?))),
    }
}

/// Whether nobody else can listen on the way to it.
pub(crate) fn is_near(host: &Host<String>) -> bool {
    let address = match host {
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            return !name.contains('.') || [".internal", ".local", ".localhost", ".home.arpa"].iter().any(|end| name.ends_with(end));
        }
        Host::Ipv4(address) => IpAddr::V4(*address),
        Host::Ipv6(address) => address.to_canonical(),
    };
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local(),
    }
}

/// Tries a server's addresses one after the other. Small writes are sent at once: lettre ends a mail with one, and the
/// kernel would hold it back for 40 milliseconds.
pub(crate) async fn connect(host: &Host<String>, port: u16, patience: Duration) -> Result<(TcpStream, SocketAddr), Cause> {
    let failed = |error: std::io::Error| Cause::Connect(error.to_string());
    let slow = || Cause::Connect("it takes too long".into());
    let addresses: Vec<SocketAddr> = match host {
        Host::Ipv4(address) => vec![(*address, port).into()],
        Host::Ipv6(address) => vec![(*address, port).into()],
        Host::Domain(name) => {
            let lookup = timeout(patience, lookup_host((name.as_str(), port)));
            lookup.await.map_err(|_| slow())?.map_err(failed)?.collect()
        }
    };
    let mut cause = Cause::Connect("its name has no address".into());
    for address in addresses {
        match timeout(patience, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                stream.set_nodelay(true).map_err(failed)?;
                return Ok((stream, address));
            }
            Ok(Err(error)) => cause = failed(error),
            Err(_) => cause = slow(),
        }
    }
    Err(cause)
}

/// Encrypts a connection to a host.
pub(crate) async fn encrypt(
    host: &Host<String>,
    tls: &Arc<ClientConfig>,
    patience: Duration,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, Cause> {
    let name = match host {
        Host::Domain(name) => ServerName::try_from(name.clone()).map_err(|error| Cause::Encryption(error.to_string()))?,
        Host::Ipv4(address) => ServerName::IpAddress((*address).into()),
        Host::Ipv6(address) => ServerName::IpAddress((*address).into()),
    };
    match timeout(patience, TlsConnector::from(tls.clone()).connect(name, stream)).await {
        Ok(encrypted) => encrypted.map_err(|error| Cause::Encryption(error.to_string())),
        Err(_) => Err(Cause::TooSlow(Stage::StartTls)),
    }
}
