//! A mail server for tests: it takes every mail, keeps it, and answers as it is told to.

mod conversation;
mod letterbox;
mod script;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

pub use letterbox::Letterbox;
pub use script::{At, Reaction};

use crate::Letter;
use script::Script;

/// A server on this machine, on a port of its own, until it is dropped.
#[derive(Debug)]
pub struct Sink {
    address: SocketAddr,
    state: Arc<State>,
    task: JoinHandle<()>,
}

/// A mail that the server said yes to, or would have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// From where it came, as the envelope says.
    pub from: String,
    /// Whom it is for, as the envelope says.
    pub to: Vec<String>,
    /// What came, without the dots that SMTP adds.
    pub bytes: Vec<u8>,
}

impl Received {
    /// What a reader sees.
    #[must_use]
    pub fn letter(&self) -> Letter {
        Letter::read(&self.bytes)
    }
}

#[derive(Debug, Default)]
struct State {
    script: Mutex<Script>,
    record: Mutex<Record>,
}

#[derive(Debug, Default)]
struct Record {
    connections: usize,
    commands: Vec<String>,
    mails: Vec<Received>,
}

impl State {
    fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink {
    /// Begins to listen.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let state = Arc::new(State::default());
        let shared = state.clone();
        let task = tokio::spawn(async move {
            let mut conversations = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                shared.record().connections += 1;
                let state = shared.clone();
                // A connection that breaks is the client's affair.
                conversations.spawn(async move { conversation::hold(stream, &state).await.unwrap_or(()) });
                while conversations.try_join_next().is_some() {}
            }
        });
        Ok(Self { address, state, task })
    }

    /// Where it listens, as a mailer takes it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// From now on, does something else than to say yes, every time. `whom` is the sender's address at [`At::Mail`], nobody at
    /// [`At::Greeting`], else the recipient's; if it is empty, it is everybody's.
    pub fn react(&self, at: At, whom: &str, reaction: Reaction) {
        self.state.script().add(at, whom, reaction, None);
    }

    /// The same, but only the next `times` that it happens.
    pub fn react_times(&self, times: u32, at: At, whom: &str, reaction: Reaction) {
        self.state.script().add(at, whom, reaction, Some(times));
    }

    /// What it took, in that order.
    #[must_use]
    pub fn mails(&self) -> Vec<Received> {
        self.state.record().mails.clone()
    }

    /// How many connections there were.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.state.record().connections
    }

    /// All commands that came, in that order.
    #[must_use]
    pub fn commands(&self) -> Vec<String> {
        self.state.record().commands.clone()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}
