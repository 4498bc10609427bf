//! Knowing somebody again by a secret.

use crate::access::Viewer;
use crate::app::{App, Credential, Cx};
use crate::kernel::Fault;
use crate::people::rules::{SESSION, is_to_be_noted};
use crate::people::store::{self, credentials};
use crate::secret::random;

/// How the secrets of access tokens begin: so that people, and programs that look for lost secrets, see what they are.
pub(super) const OF_ACCESS_TOKENS: &str = "miso_";

/// What a request shows.
#[derive(Clone, Copy)]
pub enum Proof<'a> {
    /// A secret behind `Bearer`: that of a session or of an access token.
    Bearer(&'a str),
    /// A secret in a cookie: that of a session.
    Cookie(&'a str),
}

/// Who shows this; none for a secret that is none, or has ended. Where the request may write, it is noted, once an hour, that the
/// secret is used, and a session lasts on.
///
/// # Errors
/// Where the database fails.
pub async fn recognise(app: &App, proof: Proof<'_>, may_write: bool) -> Result<Option<(Viewer, Credential)>, Fault> {
    let now = app.clock.now();
    let (person, credential) = match proof {
        Proof::Bearer(secret) if secret.starts_with(OF_ACCESS_TOKENS) => {
            let Some(token) = credentials::access_token(&app.db, &random::digest(secret), now).await? else { return Ok(None) };
            if may_write && is_to_be_noted(token.last_used_at, now) {
                credentials::use_access_token(&app.db, token.id, now).await?;
            }
            (token.person_id, Credential::AccessToken(token.id))
        }
        Proof::Bearer(secret) | Proof::Cookie(secret) => {
            let Some(session) = credentials::session(&app.db, &random::digest(secret), now).await? else { return Ok(None) };
            if may_write && is_to_be_noted(Some(session.last_used_at), now) {
                credentials::use_session(&app.db, session.id, now, now + SESSION).await?;
            }
            (session.person_id, Credential::Session(session.id))
        }
    };
    Ok(match store::viewer(&app.db, person, now.date_naive()).await? {
        Viewer::Visitor => None,
        viewer @ Viewer::Person(_) => Some((viewer, credential)),
    })
}

/// Whether who asked is still who they were, with the same rights: for what goes on after the request. What showed who asks may have
/// ended since, and their part in the network's office or in an organisation too.
///
/// # Errors
/// Where the database fails.
pub async fn is_still(cx: &Cx) -> Result<bool, Fault> {
    let person = match cx.caller.credential {
        None => return Ok(true),
        Some(Credential::Session(id)) => credentials::whose_session(cx.db(), id, cx.now()).await?,
        Some(Credential::AccessToken(id)) => credentials::whose_access_token(cx.db(), id, cx.now()).await?,
    };
    let Some(person) = person else { return Ok(false) };
    Ok(store::viewer(cx.db(), person, cx.today()).await? == cx.viewer)
}
