//! Many mails over few connections.

use std::fmt;
use std::sync::Arc;

use super::Server;
use super::connection::Connection;
use crate::{Accepted, Composed, Failure, Stage};

/// "Service not available, closing transmission channel".
const CLOSING: u16 = 421;

/// A server, and the connection to it if one is open.
pub(crate) struct Session {
    server: Arc<Server>,
    open: Option<Connection>,
}

impl Session {
    pub(crate) const fn new(server: Arc<Server>) -> Self {
        Self { server, open: None }
    }

    /// Hands over one mail, on the connection that is open, or on a new one.
    pub(crate) async fn send(&mut self, mail: &Composed) -> Result<Accepted, Failure> {
        // It is put back only when it is fit for the next mail: whoever drops this future in the middle drops it too.
        if let Some(connection) = self.open.take() {
            if connection.mails() >= self.server.mails_per_connection {
                connection.quit().await;
            } else {
                match self.send_on(connection, mail).await {
                    // A server may hang up while nothing is said; the mail was not begun, so it is begun once more.
                    Err(failure) if hung_up(&failure) => {}
                    outcome => return outcome,
                }
            }
        }
        let connection = Connection::open(&self.server).await?;
        self.send_on(connection, mail).await
    }

    async fn send_on(&mut self, mut connection: Connection, mail: &Composed) -> Result<Accepted, Failure> {
        let outcome = connection.send(&self.server, mail).await;
        let is_fit = match &outcome {
            Ok(_) => true,
            Err(failure) => match failure.answer() {
                Some(answer) => answer.code != CLOSING && connection.reset(&self.server).await,
                None => false,
            },
        };
        if is_fit {
            self.open = Some(connection);
        }
        outcome
    }

    /// Takes leave of the server.
    pub(crate) async fn close(self) {
        if let Some(connection) = self.open {
            connection.quit().await;
        }
    }
}

fn hung_up(failure: &Failure) -> bool {
    match failure {
        Failure::Unreachable { .. } => true,
        Failure::Later { answer } => answer.code == CLOSING && answer.stage == Stage::Mail,
        _ => false,
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("server", &self.server).field("is_open", &self.open.is_some()).finish()
    }
}
