//! Asking, following, and taking in no more than is wanted.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http::header::{
    ACCEPT, ACCEPT_ENCODING, CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, ETAG, HOST, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
    LOCATION, USER_AGENT,
};
use http::{HeaderName, Request, Response, StatusCode};
use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::{ClientConfig, Error, RootCertStore};

use crate::dial::{Dialer, Resolve, System};
use crate::{Address, Failure};

/// Redirects that are followed.
const REDIRECTS: usize = 5;

/// Bytes of the head of an answer at the most.
const HEAD: usize = 32 * 1024;

/// Bytes of a validator at the most.
const VALIDATOR: usize = 500;

/// How much is taken in, and how long that may last.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of a text at the most.
    pub bytes: usize,
    /// Until somebody answers.
    pub connecting: Duration,
    /// Until all is there.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 8 * 1024 * 1024, connecting: Duration::from_secs(10), whole: Duration::from_secs(30) }
    }
}

/// What a server said of what it gave, to be asked with the next time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// Its tag.
    pub etag: Option<String>,
    /// When it last changed.
    pub last_modified: Option<String>,
}

/// What was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// It is as it was.
    Unchanged,
    /// It is this.
    Text {
        /// Its bytes.
        bytes: Vec<u8>,
        /// What to ask with the next time.
        validators: Validators,
    },
}

/// Fetches.
#[derive(Clone)]
pub struct Fetcher {
    dialer: Dialer,
    limits: Limits,
}

impl Fetcher {
    /// One that resolves names as the machine does, and trusts the authorities that browsers trust.
    ///
    /// # Errors
    /// Where encryption is not to be had.
    pub fn new(limits: Limits) -> Result<Self, Error> {
        let authorities = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
        Ok(Self {
            dialer: Dialer {
                resolver: Arc::new(System),
                allowed: Arc::default(),
                tls: trusting(authorities)?,
                patience: limits.connecting,
            },
            limits,
        })
    }

    /// These may be asked although they are not public.
    #[must_use]
    pub fn allowing(mut self, allowed: &[SocketAddr]) -> Self {
        self.dialer.allowed = allowed.into();
        self
    }

    /// Names are resolved so.
    #[must_use]
    pub fn resolving(mut self, resolver: Arc<dyn Resolve>) -> Self {
        self.dialer.resolver = resolver;
        self
    }

    #[cfg(test)]
    pub(crate) fn trusting(mut self, authorities: RootCertStore) -> Self {
        self.dialer.tls = trusting(authorities).unwrap();
        self
    }

    /// Fetches what is at an address, unless it is as it was when `known` was said of it.
    ///
    /// # Errors
    /// Why nothing was fetched.
    pub async fn fetch(&self, address: &Address, known: &Validators) -> Result<Fetched, Failure> {
        timeout(self.limits.whole, self.follow(address, known)).await.unwrap_or(Err(Failure::TooSlow))
    }

    async fn follow(&self, address: &Address, known: &Validators) -> Result<Fetched, Failure> {
        let mut at = address.clone();
        for _ in 0..=REDIRECTS {
            match self.ask(&at, known).await? {
                Answer::Moved(location) => at = at.moved(&location)?,
                Answer::Fetched(fetched) => return Ok(fetched),
            }
        }
        Err(Failure::TooManyRedirects)
    }

    async fn ask(&self, address: &Address, known: &Validators) -> Result<Answer, Failure> {
        let stream = self.dialer.connect(address).await?;
        let (mut sender, connection) =
            http1::Builder::new().max_buf_size(HEAD).handshake(TokioIo::new(stream)).await.map_err(|_| Failure::Garbled)?;
        // It ends with this question, however that ends.
        let mut driver = JoinSet::new();
        driver.spawn(connection);
        let response = sender.send_request(request(address, known)?).await.map_err(|_| Failure::Garbled)?;
        match response.status() {
            StatusCode::OK => self.take(response).await.map(Answer::Fetched),
            StatusCode::NOT_MODIFIED if *known != Validators::default() => Ok(Answer::Fetched(Fetched::Unchanged)),
            StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT => header(&response, LOCATION).map(Answer::Moved).ok_or(Failure::BadRedirect),
            status => Err(Failure::Status(status.as_u16())),
        }
    }

    async fn take(&self, response: Response<Incoming>) -> Result<Fetched, Failure> {
        if header(&response, CONTENT_ENCODING).is_some_and(|encoding| !encoding.eq_ignore_ascii_case("identity")) {
            return Err(Failure::Garbled);
        }
        let announced = header(&response, CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
        if announced.is_some_and(|length| length > self.limits.bytes) {
            return Err(Failure::TooLarge);
        }
        let short = |text: &String| text.len() <= VALIDATOR;
        let validators =
            Validators { etag: header(&response, ETAG).filter(short), last_modified: header(&response, LAST_MODIFIED).filter(short) };
        let mut body = response.into_body();
        let mut bytes = Vec::new();
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(|_| Failure::Garbled)?.into_data() else { continue };
            if bytes.len() + data.len() > self.limits.bytes {
                return Err(Failure::TooLarge);
            }
            bytes.extend_from_slice(&data);
        }
        Ok(Fetched::Text { bytes, validators })
    }
}

enum Answer {
    Moved(String),
    Fetched(Fetched),
}

fn request(address: &Address, known: &Validators) -> Result<Request<Empty<Bytes>>, Failure> {
    let mut request = Request::get(address.target())
        .header(HOST, address.host())
        .header(USER_AGENT, concat!("miso/", env!("CARGO_PKG_VERSION")))
        .header(ACCEPT, "text/calendar, */*;q=0.1")
        .header(ACCEPT_ENCODING, "identity")
        .header(CONNECTION, "close");
    if let Some(tag) = &known.etag {
        request = request.header(IF_NONE_MATCH, tag);
    }
    if let Some(date) = &known.last_modified {
        request = request.header(IF_MODIFIED_SINCE, date);
    }
    request.body(Empty::new()).map_err(|_| Failure::Garbled)
}

fn header(response: &Response<Incoming>, name: HeaderName) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}

fn trusting(authorities: RootCertStore) -> Result<Arc<ClientConfig>, Error> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions()?;
    Ok(Arc::new(config.with_root_certificates(authorities).with_no_client_auth()))
}

impl fmt::Debug for Fetcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fetcher").field("limits", &self.limits).field("allowed", &self.dialer.allowed).finish_non_exhaustive()
    }
}
