//! What happens later: mailing a code and a link, forgetting what has ended.

use entity::id::SignInId;
use jobs::Job;
use serde::{Deserialize, Serialize};

/// Mails an address what it signs in with.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct MailSignIn {
    /// Which request.
    pub sign_in: SignInId,
}

impl Job for MailSignIn {
    const KIND: &'static str = "people.mail_sign_in";
}

/// Forgets, every day, requests to sign in and sessions that have ended.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Forget {}

impl Job for Forget {
    const KIND: &'static str = "people.forget";
}
