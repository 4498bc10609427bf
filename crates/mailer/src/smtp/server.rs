//! Which server, and how to speak to it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::extension::ClientId;
use thiserror::Error;
use tokio_rustls::rustls::ClientConfig;
use url::{Host, Url};

use crate::network::{self, Undecodable};

/// A mail server and how to speak to it.
#[derive(Clone)]
pub struct Server {
    /// Name or address to connect to.
    pub(super) host: Host<String>,
    /// Port.
    pub(super) port: u16,
    /// When the connection is encrypted.
    pub encryption: Encryption,
    /// User and password.
    pub(super) credentials: Option<Credentials>,
    /// As whom we introduce ourselves.
    pub(super) hello: ClientId,
    /// Whom to believe who the server is.
    pub(super) tls: Arc<ClientConfig>,
    /// How long connecting may take, for each of the server's addresses.
    pub patience_to_connect: Duration,
    /// How long the server may take to answer one command, its greeting included.
    pub patience: Duration,
    /// How long it may take to answer a whole mail. To give up early is to send twice (RFC 5321 4.5.3.2.6).
    pub patience_with_content: Duration,
    /// After how many mails a session opens a new connection.
    pub mails_per_connection: u32,
}

/// When a connection is encrypted. Certificates are always checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// From the first octet (`smtps:`).
    Implicit,
    /// By STARTTLS, and nothing is sent to a server without it.
    Required,
    /// By STARTTLS where the server offers it.
    Opportunistic,
    /// Never: for a server on the same machine, or in the same closed network.
    None,
}

/// A URL that is none of a mail server. The message does not repeat it, as it may hold a password.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotAServer {
    /// It is no URL of a mail server.
    #[error("not of the form smtp://user:password@host:port or smtps://user:password@host:port")]
    Malformed,
    /// It has a parameter other than `tls`, or another value for it.
    #[error("the only parameter is tls, with none, opportunistic or required, and only after smtp:")]
    Parameter,
    /// User and password would go unencrypted over a network that others share.
    #[error("a password needs tls=required, or a server on this machine or in a private network")]
    PasswordInTheOpen,
    /// The name to introduce ourselves with is none of a host.
    #[error("the name to introduce ourselves with is neither that of a host nor an address")]
    HelloName,
}

impl Server {
    /// Reads a URL: `smtp://host`, `smtp://user:password@host:587?tls=required`, `smtps://user:password@host`. User and
    /// password are percent-encoded. `hello_name` is as whom we introduce ourselves: our host's name, or its address.
    ///
    /// Without `tls`, STARTTLS is required, unless the host is on this machine or in a private network: a name without a dot
    /// or ending in `.internal`, `.local`, `.localhost` or `.home.arpa`, or an address of such a network. The port is 465 for
    /// `smtps:`, else 587, or 25 where nothing is encrypted.
    ///
    /// # Errors
    /// When the URL is none of a mail server, or would send a password in the open, or the name is none of a host.
    pub fn parse(url: &str, hello_name: &str) -> Result<Self, NotAServer> {
        let url = Url::parse(url).map_err(|_| NotAServer::Malformed)?;
        let host = network::host(&url).ok_or(NotAServer::Malformed)?;
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(NotAServer::Malformed);
        }
        let near = network::is_near(&host);
        let encryption = match (url.scheme(), asked(&url)?.as_deref()) {
            ("smtps", None) => Encryption::Implicit,
            ("smtp", None) if near => Encryption::None,
            ("smtp", None | Some("required")) => Encryption::Required,
            ("smtp", Some("opportunistic")) => Encryption::Opportunistic,
            ("smtp", Some("none")) => Encryption::None,
            ("smtp" | "smtps", Some(_)) => return Err(NotAServer::Parameter),
            _ => return Err(NotAServer::Malformed),
        };
        let credentials = network::credentials(&url).map_err(|Undecodable| NotAServer::Malformed)?;
        if credentials.is_some() && !near && matches!(encryption, Encryption::None | Encryption::Opportunistic) {
            return Err(NotAServer::PasswordInTheOpen);
        }
        let usual_port = match encryption {
            Encryption::Implicit => 465,
            Encryption::Required => 587,
            Encryption::Opportunistic | Encryption::None => 25,
        };
        Ok(Self {
            host,
            port: url.port().unwrap_or(usual_port),
            encryption,
            credentials: credentials.map(|(user, password)| Credentials::new(user, password)),
            hello: hello(hello_name)?,
            tls: network::mozilla().map_err(|_| NotAServer::Malformed)?,
            patience_to_connect: Duration::from_secs(15),
            patience: Duration::from_secs(60),
            patience_with_content: Duration::from_secs(600),
            mails_per_connection: 100,
        })
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("host", &self.host).field("port", &self.port).field("encryption", &self.encryption).finish()
    }
}

fn asked(url: &Url) -> Result<Option<String>, NotAServer> {
    let mut parameters = url.query_pairs();
    match (parameters.next(), parameters.next()) {
        (None, _) => Ok(None),
        (Some((name, value)), None) if name == "tls" => Ok(Some(value.into_owned())),
        _ => Err(NotAServer::Parameter),
    }
}

fn hello(name: &str) -> Result<ClientId, NotAServer> {
    match Host::parse(name) {
        Ok(Host::Domain(name)) if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte)) => {
            Ok(ClientId::Domain(name))
        }
        Ok(Host::Ipv4(address)) => Ok(ClientId::Ipv4(address)),
        Ok(Host::Ipv6(address)) => Ok(ClientId::Ipv6(address)),
        _ => name.parse().map(ClientId::Ipv6).map_err(|_| NotAServer::HelloName),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Result<(Encryption, u16), NotAServer> {
        Server::parse(url, "miso.example.org").map(|server| (server.encryption, server.port))
    }

    #[test]
    fn without_a_word_about_it_only_near_servers_go_unencrypted() {
        for near in ["localhost", "127.0.0.1", "[::1]", "mailpit", "10.1.2.3", "172.20.0.4", "[fd00::1]", "mail.internal"] {
            assert_eq!(read(&format!("smtp://{near}:1025")), Ok((Encryption::None, 1025)), "{near}");
        }
        for far in ["mail.example.org", "192.0.2.1", "[2001:db8::1]"] {
            assert_eq!(read(&format!("smtp://{far}")), Ok((Encryption::Required, 587)), "{far}");
            assert_eq!(read(&format!("smtps://{far}")), Ok((Encryption::Implicit, 465)), "{far}");
        }
        assert_eq!(read("smtp://localhost?tls=required"), Ok((Encryption::Required, 587)));
        assert_eq!(read("smtp://mail.example.org:25?tls=opportunistic"), Ok((Encryption::Opportunistic, 25)));
        assert_eq!(read("smtp://mail.example.org?tls=none"), Ok((Encryption::None, 25)));
    }

    #[test]
    fn what_is_no_mail_server_is_refused() {
        for url in
            ["", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://a@mail.example.org", "smtp://h.example/x", "smtp:h"]
        {
            assert_eq!(read(url), Err(NotAServer::Malformed), "{url}");
        }
        for url in ["smtp://h.example?tls=maybe", "smtps://h.example?tls=none", "smtp://h.example?x=1", "smtp://h?tls=none&tls=required"] {
            assert_eq!(read(url), Err(NotAServer::Parameter), "{url}");
        }
        assert_eq!(read("smtp://a:b@mail.example.org?tls=none"), Err(NotAServer::PasswordInTheOpen));
        assert_eq!(read("smtp://a:b@mail.example.org?tls=opportunistic"), Err(NotAServer::PasswordInTheOpen));
        for name in ["", "a b", "a\r\nb", "a_b"] {
            assert_eq!(Server::parse("smtp://localhost", name).unwrap_err(), NotAServer::HelloName, "{name:?}");
        }
        for (name, said) in [("miso.example.org", "miso.example.org"), ("192.0.2.1", "[192.0.2.1]"), ("2001:db8::1", "[IPv6:2001:db8::1]")]
        {
            assert_eq!(Server::parse("smtp://localhost", name).unwrap().hello.to_string(), said);
        }
    }

    #[test]
    fn user_and_password_are_decoded_and_never_shown() {
        let server = Server::parse("smtp://news%40example.org:p%3A%2F%C3%BC@mail.example.org", "miso.example.org").unwrap();
        assert!(server.credentials == Some(Credentials::new("news@example.org".into(), "p:/ü".into())));
        assert!(!format!("{server:?}").contains("news"));
    }
}
