//! Signing in, by what was mailed.

use entity::id::SignInId;
use entity::{person, session, sign_in};

use super::{charge, hash_of, slow_down};
use crate::app::{App, Cx, Writing};
use crate::kernel::refusal::Expected;
use crate::kernel::{EmailAddress, Fault, Refusal, Why};
use crate::people::rules::{SESSION, TRIES, code_of, tries_that_count};
use crate::people::store::{credentials, sign_in as store, write};
use crate::secret::random;

/// What somebody signs in by.
#[derive(Debug)]
pub enum By {
    /// The secret in the link.
    Token(String),
    /// The code, for the address that it was mailed to.
    Code {
        /// The address.
        email: Result<EmailAddress, Why>,
        /// The code, as it was typed.
        code: String,
    },
}

/// Who signed in.
#[derive(Debug)]
pub struct SignedIn {
    /// The person.
    pub person: person::Model,
    /// Their new session.
    pub session: session::Model,
    /// Its secret, told this once.
    pub secret: String,
}

/// Signs somebody in, once for each code and each link. Who does for the first time gets an account.
///
/// # Errors
/// [`Expected::SignInCode`] for a code, and [`Why::Expired`] for a link, that is wrong, used, or too old;
/// [`crate::kernel::Refused::RateLimited`] for a client that asks too much.
pub async fn sign_in(cx: &Cx, by: By) -> Result<SignedIn, Fault> {
    slow_down(cx)?;
    match by {
        By::Token(token) => by_token(cx, &token).await,
        By::Code { email, code } => {
            let email = email.map_err(|why| Refusal::at(&["by", "code", "email"], why))?;
            by_code(cx, &email.as_str().to_lowercase(), &code).await
        }
    }
}

async fn by_token(cx: &Cx, token: &str) -> Result<SignedIn, Fault> {
    let writing = cx.begin_write().await?;
    let found = store::good_by_token(&*writing, &random::digest(token), cx.now()).await?;
    match found {
        Some(found) => enter(cx, writing, found).await?.ok_or_else(ended),
        None => Err(ended()),
    }
}

fn ended() -> Fault {
    Refusal::at(&["by", "token"], Why::Expired).into()
}

/// Of many who try at once, each waits for the lock of the address, so that no more are judged than may be.
async fn by_code(cx: &Cx, email: &str, typed: &str) -> Result<SignedIn, Fault> {
    let refused = || Fault::from(Refusal::at(&["by", "code", "code"], Why::Invalid(Expected::SignInCode)));
    let (now, email_hash) = (cx.now(), hash_of(&cx.app, email));
    let writing = cx.begin_write().await?;
    let address = store::lock_address(&writing, &email_hash, now).await?;
    let tries = tries_that_count(address.tries, address.tried_at, now);
    let good = store::good_ones(&*writing, &email_hash, now).await?;
    let code = code_of(typed).unwrap_or_default();
    let is_it = |row: &sign_in::Model| row.code_hash.as_ref() == Some(&hash_of_code(&cx.app, row.id, &code));
    match good.into_iter().find(is_it).filter(|_| tries < TRIES) {
        Some(found) => enter(cx, writing, found).await?.ok_or_else(refused),
        None => {
            if tries < TRIES {
                store::note_tries(&*writing, &email_hash, tries + 1, now).await?;
            }
            writing.commit().await?;
            charge(cx);
            Err(refused())
        }
    }
}

/// A code is too short to be kept by a plain hash: nobody without the installation's secret can try them all.
pub(super) fn hash_of_code(app: &App, id: SignInId, code: &str) -> String {
    app.links.keyed_hash("sign-in code", &format!("{}.{code}", id.0.simple()))
}

/// Lets somebody in; none where another was faster.
async fn enter(cx: &Cx, writing: Writing, by: sign_in::Model) -> Result<Option<SignedIn>, Fault> {
    let now = cx.now();
    let Some(email) = by.email.clone() else { return Ok(None) };
    if !store::spend(&*writing, by.id, now).await? {
        return Ok(None);
    }
    let new = person::Model {
        id: cx.app.new_id(),
        name: None,
        email,
        locale: by.locale,
        network_role: None,
        created_at: now,
        last_signed_in_at: Some(now),
        calendar_version: 0,
    };
    let person = write::find_or_make(&writing, new).await?;
    write::note_sign_in(&*writing, person.id, now).await?;
    let secret = random::token()?;
    let session = session::Model {
        id: cx.app.new_id(),
        person_id: person.id,
        secret_hash: random::digest(&secret),
        created_at: now,
        last_used_at: now,
        expires_at: now + SESSION,
    };
    credentials::insert_session(&*writing, session.clone()).await?;
    writing.commit().await?;
    Ok(Some(SignedIn { person: person::Model { last_signed_in_at: Some(now), ..person }, session, secret }))
}
