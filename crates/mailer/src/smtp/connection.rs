//! One connection: its opening, one mail after the other, and its end.

use std::error::Error as _;
use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Quit, Rcpt, Rset};
use tokio::time::timeout;

use super::Server;
use super::dial::dial;
use crate::{Accepted, Address, Cause, Composed, Failure, Stage};

/// How long a farewell may take.
const PATIENCE_AT_THE_END: Duration = Duration::from_secs(2);

/// An open connection between two mails.
pub(super) struct Connection {
    client: AsyncSmtpConnection,
    mails: u32,
}

impl Connection {
    /// Connects and introduces ourselves.
    pub(super) async fn open(server: &Server) -> Result<Self, Failure> {
        let stream = dial(server).await?;
        let greeting = AsyncSmtpConnection::connect_with_transport(stream, &server.hello);
        let mut client = within(server.patience, Stage::Greeting, greeting).await?;
        if let Some(credentials) = &server.credentials {
            let known = [Mechanism::Plain, Mechanism::Login];
            if client.server_info().get_auth_mechanism(&known).is_none() {
                return Err(Failure::Unreachable { cause: Cause::NoPassword });
            }
            within(server.patience, Stage::Auth, client.auth(&known, credentials)).await?;
        }
        Ok(Self { client, mails: 0 })
    }

    /// How many mails went through.
    pub(super) const fn mails(&self) -> u32 {
        self.mails
    }

    /// Hands over one mail.
    pub(super) async fn send(&mut self, server: &Server, mail: &Composed) -> Result<Accepted, Failure> {
        self.mails += 1;
        let from = Mail::new(Some(address(&mail.envelope.from, Stage::Mail)?), Vec::new());
        let to = Rcpt::new(address(&mail.envelope.to, Stage::Rcpt)?, Vec::new());
        within(server.patience, Stage::Mail, self.client.command(from)).await?;
        within(server.patience, Stage::Rcpt, self.client.command(to)).await?;
        within(server.patience, Stage::Data, self.client.command(Data)).await?;
        // The end of the content is ours to write, and so is its last line break.
        let content = mail.bytes.strip_suffix(b"\r\n").unwrap_or(&mail.bytes);
        let answer = within(server.patience_with_content, Stage::Content, self.client.message(content)).await?;
        Ok(Accepted { receipt: format!("{} {}", answer.code(), answer.message().collect::<Vec<_>>().join(" ")) })
    }

    /// Makes it as if the last mail had not been begun. Tells whether that worked.
    pub(super) async fn reset(&mut self, server: &Server) -> bool {
        within(server.patience, Stage::Mail, self.client.command(Rset)).await.is_ok()
    }

    /// Takes leave.
    pub(super) async fn quit(mut self) {
        // Whatever comes of it: the mails are sent.
        let _ = timeout(PATIENCE_AT_THE_END, self.client.command(Quit)).await;
    }
}

fn address(address: &Address, stage: Stage) -> Result<lettre::Address, Failure> {
    let unclear = |_| Failure::answered(stage, 553, "5.1.3 the address is not of a form that can be sent".into());
    address.as_str().parse().map_err(unclear)
}

/// Waits for an answer, and sorts what is none or is no yes.
async fn within<T>(patience: Duration, stage: Stage, answer: impl Future<Output = Result<T, Error>>) -> Result<T, Failure> {
    match timeout(patience, answer).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(match error.status() {
            Some(code) => {
                let words = error.source().map(ToString::to_string).unwrap_or_default();
                Failure::answered(stage, code.into(), words)
            }
            None => broken(stage, Cause::Lost(stage)),
        }),
        Err(_) => Err(broken(stage, Cause::TooSlow(stage))),
    }
}

const fn broken(stage: Stage, cause: Cause) -> Failure {
    match stage {
        Stage::Content => Failure::Uncertain { cause },
        _ => Failure::Unreachable { cause },
    }
}
