//! `miso mail receive`: what a mail server pipes into it. Beside the program's own numbers it ends with one of `sysexits.h`, which mail
//! servers understand.

use std::io::Read;

use mailer::{Address, Incoming};

use super::{Stopped, open};
use crate::config::Config;
use crate::inbox;

/// The mail server is to try again later: also where the settings are not sound, as they may be before the mail is lost.
pub(super) const AGAIN: u8 = 75;

/// Longest mail that is looked into: reports and answers of calendars have a few thousand octets, with a mail of ours in them some more.
const LONGEST: u64 = 4 * 1024 * 1024;

/// Reads a mail, and does what it says. What says nothing to us is no mistake: nobody shall get a bounce for it.
pub(super) async fn receive(config: Config, recipient: Option<&str>) -> Result<(), Stopped> {
    let mut bytes = Vec::new();
    let mut input = std::io::stdin().lock();
    input.by_ref().take(LONGEST).read_to_end(&mut bytes).map_err(Stopped::because)?;
    // Who pipes it in is not to find the pipe closed.
    std::io::copy(&mut input, &mut std::io::sink()).map_err(Stopped::because)?;
    let mut incoming = Incoming::read(&bytes);
    if let Some(recipient) = recipient.and_then(|recipient| Address::parse(recipient).ok()) {
        incoming = incoming.sent_to(&recipient);
    }
    if incoming.is_nothing() {
        return Ok(());
    }
    let app = open::open(config).await?;
    let done = inbox::ops::follow(&app, &incoming).await.map_err(Stopped::because)?;
    tracing::info!(done, "a mail came in");
    app.db.close().await.map_err(Stopped::because)
}
