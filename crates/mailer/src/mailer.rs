//! What sends: to a server, into a folder, or into the memory.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crate::dkim::Signer;
use crate::smtp::{self, NotAServer, Server};
use crate::{Composed, Failure, Message, files};

/// Where mails go. Clones go to the same place.
#[derive(Clone, Debug)]
pub struct Mailer {
    transport: Transport,
    signer: Option<Signer>,
}

#[derive(Clone, Debug)]
enum Transport {
    Smtp(Arc<Server>),
    Files(Arc<PathBuf>),
    Memory(Sent),
}

type Sent = Arc<Mutex<Vec<Composed>>>;

/// That a mail was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The server's words, often with its own number for the mail; or the name of the file.
    pub receipt: String,
}

impl Mailer {
    /// Sends to the server at a URL, see [`Server::parse`].
    ///
    /// # Errors
    /// When the URL is none of a mail server, or the name is none of a host.
    pub fn smtp(url: &str, hello_name: &str) -> Result<Self, NotAServer> {
        Server::parse(url, hello_name).map(Self::server)
    }

    /// Sends to a server.
    #[must_use]
    pub fn server(server: Server) -> Self {
        Self::over(Transport::Smtp(Arc::new(server)))
    }

    /// Writes every mail into a file of a folder, which is made if it is not there. For development: see [`crate::outbox`].
    pub fn files(folder: impl Into<PathBuf>) -> Self {
        Self::over(Transport::Files(Arc::new(folder.into())))
    }

    /// Keeps every mail in the memory, for tests.
    #[must_use]
    pub fn memory() -> Self {
        Self::over(Transport::Memory(Arc::default()))
    }

    const fn over(transport: Transport) -> Self {
        Self { transport, signer: None }
    }

    /// Signs every mail that goes out from here (DKIM).
    #[must_use]
    pub fn signing(self, signer: Signer) -> Self {
        Self { signer: Some(signer), ..self }
    }

    /// Sends one message, over a connection of its own.
    ///
    /// # Errors
    /// When the mail was not taken, or nobody knows whether it was.
    pub async fn send(&self, message: &Message) -> Result<Accepted, Failure> {
        let mut session = self.session();
        let outcome = session.send(message).await;
        session.close().await;
        outcome
    }

    /// To send many messages, one after the other, over one connection.
    #[must_use]
    pub fn session(&self) -> Session {
        let way = match &self.transport {
            Transport::Smtp(server) => Way::Smtp(Box::new(smtp::Session::new(server.clone()))),
            Transport::Files(folder) => Way::Files(folder.clone()),
            Transport::Memory(sent) => Way::Memory(sent.clone()),
        };
        Session { way, signer: self.signer.clone() }
    }

    /// What was sent into the memory, in that order; nothing where mails go elsewhere.
    #[must_use]
    pub fn sent(&self) -> Vec<Composed> {
        match &self.transport {
            Transport::Memory(sent) => sent.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            Transport::Smtp(_) | Transport::Files(_) => Vec::new(),
        }
    }

    /// The folder, where mails become files.
    #[must_use]
    pub fn folder(&self) -> Option<&PathBuf> {
        match &self.transport {
            Transport::Files(folder) => Some(folder),
            Transport::Smtp(_) | Transport::Memory(_) => None,
        }
    }
}

/// A row of messages over one connection, which is opened with the first and opened anew when it broke or has served long
/// enough. A message that is refused leaves nothing behind for the next.
#[derive(Debug)]
pub struct Session {
    way: Way,
    signer: Option<Signer>,
}

#[derive(Debug)]
enum Way {
    Smtp(Box<smtp::Session>),
    Files(Arc<PathBuf>),
    Memory(Sent),
}

impl Session {
    /// Sends the next message.
    ///
    /// # Errors
    /// When the mail was not taken, or nobody knows whether it was. The session can be used on.
    pub async fn send(&mut self, message: &Message) -> Result<Accepted, Failure> {
        let mut composed = message.compose()?;
        if let Some(signer) = &self.signer {
            composed.bytes = signer.sign(&composed.bytes, message.date);
        }
        match &mut self.way {
            Way::Smtp(session) => session.send(&composed).await,
            Way::Files(folder) => files::write(folder, message.date, &composed).await,
            Way::Memory(sent) => {
                let mut sent = sent.lock().unwrap_or_else(PoisonError::into_inner);
                sent.push(composed);
                Ok(Accepted { receipt: format!("mail {} in the memory", sent.len()) })
            }
        }
    }

    /// Takes leave of the server.
    pub async fn close(self) {
        if let Way::Smtp(session) = self.way {
            session.close().await;
        }
    }
}
