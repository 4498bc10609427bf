//! Asking to sign in.

use entity::sign_in;

use super::{charge, hash_of, slow_down};
use crate::app::Cx;
use crate::kernel::{EmailAddress, Fault, Refusal, Why};
use crate::people::jobs::MailSignIn;
use crate::people::rules::{GOOD_FOR, MAILS, MAILS_WITHIN};
use crate::people::store::sign_in as store;

/// Has an address mailed a code and a link. Nothing in the answer depends on whether anybody has it, or how often it was asked for.
///
/// # Errors
/// What is wrong with the address; [`crate::kernel::Refused::RateLimited`] for a client that asks too much.
pub async fn request(cx: &Cx, email: Result<EmailAddress, Why>) -> Result<(), Fault> {
    slow_down(cx)?;
    let email = email.map_err(|why| Refusal::at(&["email"], why))?.as_str().to_lowercase();
    let (now, email_hash) = (cx.now(), hash_of(&cx.app, &email));
    let writing = cx.begin_write().await?;
    // Whoever asks for the same address waits here, so that mails are counted one by one.
    store::lock_address(&writing, &email_hash, now).await?;
    if store::count_since(&*writing, &email_hash, now - MAILS_WITHIN).await? < MAILS {
        let row = sign_in::Model {
            id: cx.app.new_id(),
            email_hash,
            email: Some(email),
            locale: cx.wanted.first().to_string(),
            code_hash: None,
            token_hash: None,
            created_at: now,
            expires_at: now + GOOD_FOR,
            used_at: None,
        };
        let job = MailSignIn { sign_in: row.id };
        store::insert(&*writing, row).await?;
        writing.later(&job).await?;
        charge(cx);
    }
    writing.commit().await?;
    Ok(())
}
