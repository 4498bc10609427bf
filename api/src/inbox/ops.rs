//! What is done with a mail that came in, whichever way it came.

use mailer::{Inbox, Incoming, Unread};

use crate::app::App;
use crate::kernel::Fault;
use crate::{newsletter, registrations};

/// Mails that are read of a mailbox at a time: the rest is read the next time, so that nothing else waits for it.
const MOST: usize = 1000;

/// Does what a mail says, and tells what that was. Nobody is answered.
///
/// # Errors
/// Where the database fails.
pub async fn follow(app: &App, incoming: &Incoming) -> Result<&'static str, Fault> {
    use newsletter::ops::Received as Newsletter;
    use registrations::ops::Received as Registration;
    match newsletter::ops::receive(app, incoming).await? {
        Newsletter::Bounced => return Ok("an issue bounced"),
        Newsletter::GivenUp => return Ok("an issue bounced, and its address is given up"),
        Newsletter::Failed => return Ok("an issue came back"),
        Newsletter::Complained => return Ok("a reader complained"),
        Newsletter::Left => return Ok("a reader left a newsletter"),
        Newsletter::Nothing => {}
    }
    Ok(match registrations::ops::receive(app, incoming).await? {
        Registration::Cancelled => "a registration was cancelled",
        Registration::Noted => "it was noted that somebody comes",
        Registration::Nothing => "nothing was to be done",
    })
}

/// Follows what nobody has read in the mailbox of the settings, the oldest first. Each is marked as read once it is followed: where that
/// fails between, it is read again, and finds that all is known. Nothing is deleted: what says nothing to us may be for a person.
///
/// # Errors
/// Where the mailbox or the database fails.
pub async fn collect(app: &App) -> Result<(), Fault> {
    if app.config.mail_inbox.is_empty() {
        return Ok(());
    }
    let inbox = Inbox::parse(&app.config.mail_inbox).map_err(|error| Fault::Broken(format!("mail_inbox: {error}")))?;
    let broken = |error: Unread| Fault::Broken(error.to_string());
    let mut reading = inbox.open().await.map_err(broken)?;
    for _ in 0..MOST {
        let Some(mail) = reading.next().await.map_err(broken)? else { break };
        let incoming = Incoming::read(&mail.bytes);
        if !incoming.is_nothing() {
            let done = follow(app, &incoming).await?;
            tracing::info!(done, "a mail came in");
        }
        reading.done(&mail).await.map_err(broken)?;
    }
    reading.close().await.map_err(broken)
}
