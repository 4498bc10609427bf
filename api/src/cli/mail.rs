//! `miso mail receive`: what a mail server pipes into it. Beside the program's own numbers it ends with those of `sysexits.h`, which mail
//! servers understand.

use std::io::Read;

use mailer::Incoming;

use super::{Stopped, open};
use crate::config::Config;
use crate::registrations::ops::{Received, receive as follow};

/// The mail server is to try again later.
pub(super) const AGAIN: u8 = 75;
/// The settings are not sound.
pub(super) const UNSOUND: u8 = 78;

/// Longest mail that is looked into: an answer of a calendar has a few thousand octets.
const LONGEST: u64 = 4 * 1024 * 1024;

/// Reads a mail, and does what it says. What says nothing to us is no mistake: nobody shall get a bounce for it.
pub(super) async fn receive(config: Config) -> Result<(), Stopped> {
    let mut bytes = Vec::new();
    let mut input = std::io::stdin().lock();
    input.by_ref().take(LONGEST).read_to_end(&mut bytes).map_err(Stopped::because)?;
    // Who pipes it in is not to find the pipe closed.
    std::io::copy(&mut input, &mut std::io::sink()).map_err(Stopped::because)?;
    let incoming = Incoming::read(&bytes);
    if incoming.calendars.is_empty() {
        return Ok(());
    }
    let app = open::open(config).await?;
    let done = follow(&app, &incoming).await.map_err(Stopped::because)?;
    let done = match done {
        Received::Cancelled => "a registration was cancelled",
        Received::Noted => "it was noted that somebody comes",
        Received::Nothing => "nothing was to be done",
    };
    tracing::info!(done, "a mail came in");
    app.db.close().await.map_err(Stopped::because)
}
