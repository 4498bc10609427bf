//! A mailbox that is read over IMAP (RFC 3501), for where no mail server pipes what comes in to a program.

use std::collections::VecDeque;
use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use async_imap::{Client, Session};
use futures_util::TryStreamExt;
use percent_encoding::percent_decode_str;
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;
use tokio_rustls::rustls::ClientConfig;
use url::{Host, Url};

use crate::Cause;
use crate::network::{self, Undecodable};

/// The octets of a mail that are read: reports have a few thousand, with a mail of ours in them some more.
const LONGEST: usize = 4 * 1024 * 1024;

/// A mailbox and how to get into it.
#[derive(Clone)]
pub struct Inbox {
    host: Host<String>,
    port: u16,
    is_encrypted: bool,
    user: String,
    password: String,
    folder: String,
    tls: Arc<ClientConfig>,
    /// How long the server may take to connect, and for each answer.
    pub patience: Duration,
}

/// A URL that is none of a mailbox. The message does not repeat it, as it holds a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotAnInbox {
    /// It is no URL of a mailbox.
    #[error("not of the form imaps://user:password@host:port/folder")]
    Malformed,
    /// The password would go unencrypted over a network that others share.
    #[error("a password needs imaps: unless the server is on this machine or in a private network")]
    PasswordInTheOpen,
}

/// Why a mailbox cannot be read: none of it says a password.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unread {
    /// Nobody is reached.
    #[error("the mailbox: {0}")]
    Unreachable(Cause),
    /// The server takes too long.
    #[error("the mailbox: its server takes too long")]
    TooSlow,
    /// The server refuses, or does not speak IMAP.
    #[error("the mailbox: {0}")]
    Refused(String),
}

impl From<async_imap::error::Error> for Unread {
    fn from(error: async_imap::error::Error) -> Self {
        Self::Refused(error.to_string())
    }
}

impl Inbox {
    /// Reads a URL: `imaps://user:password@host`, with `/folder` behind it where it is not `INBOX`. User, password and folder are
    /// percent-encoded; the port is 993. `imap://`, with port 143, is for a server on this machine or in a private network.
    ///
    /// # Errors
    /// Where the URL is none of a mailbox, or would send the password in the open.
    pub fn parse(url: &str) -> Result<Self, NotAnInbox> {
        let url = Url::parse(url).map_err(|_| NotAnInbox::Malformed)?;
        let host = network::host(&url).ok_or(NotAnInbox::Malformed)?;
        let (is_encrypted, usual_port) = match url.scheme() {
            "imaps" => (true, 993),
            "imap" => (false, 143),
            _ => return Err(NotAnInbox::Malformed),
        };
        let credentials = network::credentials(&url).map_err(|Undecodable| NotAnInbox::Malformed)?;
        let (user, password) = credentials.ok_or(NotAnInbox::Malformed)?;
        let folder = percent_decode_str(url.path().trim_start_matches('/')).decode_utf8().map_err(|_| NotAnInbox::Malformed)?;
        // Other letters are written otherwise in IMAP (RFC 3501 section 5.1.3).
        if !folder.is_ascii() || url.query().is_some() || url.fragment().is_some() {
            return Err(NotAnInbox::Malformed);
        }
        if !is_encrypted && !network::is_near(&host) {
            return Err(NotAnInbox::PasswordInTheOpen);
        }
        Ok(Self {
            host,
            port: url.port().unwrap_or(usual_port),
            is_encrypted,
            user,
            password,
            folder: if folder.is_empty() { "INBOX".to_owned() } else { folder.into_owned() },
            tls: network::mozilla().map_err(|_| NotAnInbox::Malformed)?,
            patience: Duration::from_secs(60),
        })
    }

    /// Goes in, and sees which mails nobody has read.
    ///
    /// # Errors
    /// Where the server is not reached, or does not let us in.
    pub async fn open(&self) -> Result<Reading, Unread> {
        let (stream, _) = network::connect(&self.host, self.port, self.patience).await.map_err(Unread::Unreachable)?;
        let stream: Box<dyn Stream> = if self.is_encrypted {
            Box::new(network::encrypt(&self.host, &self.tls, self.patience, stream).await.map_err(Unread::Unreachable)?)
        } else {
            Box::new(stream)
        };
        let session = self.within(self.enter(stream)).await?;
        let mut reading = Reading { session, waiting: VecDeque::new(), patience: self.patience };
        let mut unseen: Vec<u32> = in_time(self.patience, reading.session.uid_search("UNSEEN UNDELETED")).await?.into_iter().collect();
        unseen.sort_unstable();
        reading.waiting = unseen.into();
        Ok(reading)
    }

    async fn enter(&self, stream: Box<dyn Stream>) -> Result<Session<Box<dyn Stream>>, Unread> {
        let mut client = Client::new(stream);
        let greeting = client.read_response().await.map_err(|error| Unread::Refused(error.to_string()))?;
        if greeting.is_none() {
            return Err(Unread::Refused("its server says nothing".to_owned()));
        }
        let mut session = client.login(&self.user, &self.password).await.map_err(|(error, _)| error)?;
        session.select(&self.folder).await?;
        Ok(session)
    }

    async fn within<T>(&self, answer: impl Future<Output = Result<T, Unread>>) -> Result<T, Unread> {
        timeout(self.patience, answer).await.map_err(|_| Unread::TooSlow)?
    }
}

impl fmt::Debug for Inbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbox").field("host", &self.host).field("port", &self.port).field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// A mailbox that is being read.
#[derive(Debug)]
pub struct Reading {
    session: Session<Box<dyn Stream>>,
    waiting: VecDeque<u32>,
    patience: Duration,
}

/// A mail that waits in a mailbox.
#[derive(Clone, PartialEq, Eq)]
pub struct Waiting {
    uid: u32,
    /// What came, up to 4 MiB of it.
    pub bytes: Vec<u8>,
}

impl Reading {
    /// The oldest mail that was not asked for yet. It stays unread until [`Self::done`].
    ///
    /// # Errors
    /// Where the server does not give it.
    pub async fn next(&mut self) -> Result<Option<Waiting>, Unread> {
        while let Some(uid) = self.waiting.pop_front() {
            // Without a mail, somebody took it away meanwhile.
            if let Some(bytes) = timeout(self.patience, fetch(&mut self.session, uid)).await.map_err(|_| Unread::TooSlow)?? {
                return Ok(Some(Waiting { uid, bytes }));
            }
        }
        Ok(None)
    }

    /// Marks a mail as read: it is not given again.
    ///
    /// # Errors
    /// Where the server does not do so.
    pub async fn done(&mut self, mail: &Waiting) -> Result<(), Unread> {
        let marking = async {
            let answers = self.session.uid_store(mail.uid.to_string(), r"+FLAGS.SILENT (\Seen)").await?;
            pin!(answers).try_for_each(async |_| Ok(())).await
        };
        in_time(self.patience, marking).await
    }

    /// Takes leave.
    ///
    /// # Errors
    /// Where the server does not let us go.
    pub async fn close(mut self) -> Result<(), Unread> {
        in_time(self.patience, self.session.logout()).await
    }
}

async fn fetch(session: &mut Session<Box<dyn Stream>>, uid: u32) -> Result<Option<Vec<u8>>, Unread> {
    let answers = session.uid_fetch(uid.to_string(), format!("(UID BODY.PEEK[]<0.{LONGEST}>)")).await?;
    let (mut answers, mut found) = (pin!(answers), None);
    // All of them are to be read: what stays would be taken for the answer to the next command.
    while let Some(answer) = answers.try_next().await? {
        if answer.uid == Some(uid) && found.is_none() {
            found = answer.body().map(<[u8]>::to_vec);
        }
    }
    Ok(found)
}

async fn in_time<T>(patience: Duration, answer: impl Future<Output = async_imap::error::Result<T>>) -> Result<T, Unread> {
    Ok(timeout(patience, answer).await.map_err(|_| Unread::TooSlow)??)
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send + Sync + fmt::Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + Sync + fmt::Debug> Stream for T {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::Letterbox;

    fn read(url: &str) -> Result<(u16, bool, String), NotAnInbox> {
        Inbox::parse(url).map(|inbox| (inbox.port, inbox.is_encrypted, inbox.folder))
    }

    #[test]
    fn a_mailbox_is_said_by_a_url() {
        assert_eq!(read("imaps://a:b@mail.example.org"), Ok((993, true, "INBOX".to_owned())));
        assert_eq!(read("imaps://a:b@mail.example.org:1993/What%20returns"), Ok((1993, true, "What returns".to_owned())));
        assert_eq!(read("imap://a:b@localhost/"), Ok((143, false, "INBOX".to_owned())));
        for url in ["", "imaps://mail.example.org", "imaps://a@mail.example.org", "https://a:b@h.example", "imaps://a:b@h.example/%C3%BC"] {
            assert_eq!(read(url), Err(NotAnInbox::Malformed), "{url}");
        }
        assert_eq!(read("imap://a:b@mail.example.org"), Err(NotAnInbox::PasswordInTheOpen));
        let inbox = Inbox::parse("imaps://a%40example.org:p%3A%C3%BC@mail.example.org").unwrap();
        assert_eq!((inbox.user.as_str(), inbox.password.as_str()), ("a@example.org", "p:ü"));
        assert!(!format!("{inbox:?}").contains("p:ü"));
    }

    #[tokio::test]
    async fn mails_are_given_in_their_order_until_they_are_marked() {
        let letterbox = Letterbox::start().await.unwrap();
        for mail in ["Subject: 1\r\n\r\none", "Subject: 2\r\n\r\ntwo (\"quoted\") {3}\r\n", ""] {
            letterbox.put(mail.as_bytes());
        }
        let inbox = Inbox::parse(&letterbox.url()).unwrap();
        let mut reading = inbox.open().await.unwrap();
        let first = reading.next().await.unwrap().unwrap();
        assert_eq!(first.bytes, b"Subject: 1\r\n\r\none");
        reading.done(&first).await.unwrap();
        assert_eq!(reading.next().await.unwrap().unwrap().bytes, b"Subject: 2\r\n\r\ntwo (\"quoted\") {3}\r\n");
        letterbox.take_away(2);
        assert!(reading.next().await.unwrap().is_none());
        reading.close().await.unwrap();
        assert_eq!(letterbox.unread(), [1]);
        let mut again = inbox.open().await.unwrap();
        assert!(again.next().await.unwrap().unwrap().bytes.starts_with(b"Subject: 2"));
        assert!(again.next().await.unwrap().is_none());
    }

    #[tokio::test]
    async fn who_is_not_let_in_is_told_and_nobody_waits_for_ever() {
        let letterbox = Letterbox::start().await.unwrap();
        let stranger = Inbox::parse(&letterbox.url().replace("secret", "other")).unwrap();
        let said = stranger.open().await.unwrap_err().to_string();
        assert!(said.contains("wrong password") && !said.contains("other"), "{said}");
        let silent = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let mut inbox = Inbox::parse(&format!("imap://a:b@{}", silent.local_addr().unwrap())).unwrap();
        inbox.patience = Duration::from_millis(50);
        assert_eq!(inbox.open().await.unwrap_err(), Unread::TooSlow);
        drop(silent);
        assert!(matches!(inbox.open().await.unwrap_err(), Unread::Unreachable(_)));
    }
}
