//! A mail in its envelope, and on its way.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use jobs::Failed;
use mailer::{Address, Failure, Invitation, Mailbox, Message, Nature};

use super::Written;
use crate::app::App;

/// A mail to one person.
#[derive(Clone, Debug)]
pub struct Letter<'a> {
    /// As the person wants to be called, if we know.
    pub name: Option<&'a str>,
    /// Where they are written to.
    pub email: &'a str,
    /// Who speaks: an organisation, or the network.
    pub sender_name: Cow<'a, str>,
    /// Who gets the answer.
    pub reply_to: Option<&'a str>,
    /// What it says.
    pub written: Written,
    /// What names it for ever, without our host: who sends again uses the same, so that it counts once.
    pub id: String,
    /// When what it tells happened.
    pub date: DateTime<Utc>,
    /// Why the person gets it.
    pub nature: Nature,
    /// The event that it is about.
    pub invitation: Option<Invitation>,
}

impl Letter<'_> {
    /// The message that is handed to a mail server.
    ///
    /// # Errors
    /// Where an address is none: then nothing can be sent, now or later.
    pub fn message(self, app: &App) -> Result<Message, Failed> {
        let address = |text: &str| Address::parse(text).map_err(|_| Failed::never("an address is none"));
        Ok(Message {
            from: Mailbox { name: Some(self.sender_name.into_owned()), address: address(&app.config.mail_from())? },
            to: Mailbox { name: self.name.map(str::to_owned), address: address(self.email)? },
            reply_to: self.reply_to.map(|email| Ok::<_, Failed>(Mailbox { name: None, address: address(email)? })).transpose()?,
            envelope_sender: None,
            subject: self.written.subject,
            text: self.written.text,
            html: self.written.html,
            language: self.written.locale.to_string(),
            message_id: format!("{}@{}", self.id, app.config.public_host()),
            date: self.date,
            nature: self.nature,
            invitation: self.invitation,
            pictures: self.written.pictures,
            attachments: Vec::new(),
        })
    }
}

/// Sends a mail, to be tried again where that could help.
///
/// # Errors
/// What the mail server said, without anybody's address.
pub async fn post(app: &App, letter: Letter<'_>) -> Result<(), Failed> {
    let message = letter.message(app)?;
    app.mailer.send(&message).await.map(drop).map_err(|failure| failed(&failure))
}

fn failed(failure: &Failure) -> Failed {
    let said = failure.to_string();
    match failure {
        Failure::Later { .. } | Failure::Unreachable { .. } | Failure::Uncertain { .. } | Failure::Sender { .. } => Failed::again(said),
        Failure::Recipient { .. } | Failure::Unsendable(_) => Failed::never(said),
    }
}
