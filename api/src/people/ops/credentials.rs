//! A person's own sessions and access tokens.

use chrono::{DateTime, Utc};
use entity::access_token;
use entity::id::{AccessTokenId, PersonId, SessionId};

use super::recognise::OF_ACCESS_TOKENS;
use crate::access::Action;
use crate::app::Cx;
use crate::kernel::{Fault, Findings, Refusal, Refused, Why};
use crate::people::rules::ACCESS_TOKENS;
use crate::people::store::{credentials, write};
use crate::secret::random;

/// An access token to make.
#[derive(Debug)]
pub struct CreateToken {
    /// What it is for.
    pub name: Option<String>,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// What is wrong already.
    pub findings: Findings,
}

/// One that was made.
#[derive(Debug)]
pub struct Created {
    /// It.
    pub token: access_token::Model,
    /// Its secret, told this once.
    pub secret: String,
}

/// Ends the session in which it is asked. Where there is none, there is nothing to end.
///
/// # Errors
/// Where the database fails.
pub async fn sign_out(cx: &Cx) -> Result<(), Fault> {
    if let (Some(session), Some(own)) = (cx.caller.session(), cx.viewer.person_id()) {
        let writing = cx.begin_write().await?;
        credentials::end_session(&*writing, session, own).await?;
        writing.commit().await?;
    }
    Ok(())
}

/// Ends one of one's own sessions.
///
/// # Errors
/// [`Refused::NotFound`] for somebody else's.
pub async fn revoke_session(cx: &Cx, id: SessionId) -> Result<(), Fault> {
    // A visitor has none.
    let own = themselves(cx).map_err(|refused| if refused == Refused::Unauthenticated { Refused::NotFound } else { refused })?;
    let writing = cx.begin_write().await?;
    let found = credentials::end_session(&*writing, id, own).await?;
    writing.commit().await?;
    if found { Ok(()) } else { Err(Refused::NotFound.into()) }
}

/// Makes an access token.
///
/// # Errors
/// Refusals of what was given; [`Why::TooLarge`] where there are too many.
pub async fn create_access_token(cx: &Cx, create: CreateToken) -> Result<Created, Fault> {
    let own = themselves(cx)?;
    let (now, mut findings) = (cx.now(), create.findings);
    if create.expires_at.is_some_and(|expires_at| expires_at <= now) {
        findings.refuse(&["expiresAt"], Why::InThePast);
    }
    let Some(name) = create.name.filter(|_| findings.is_empty()) else { return Err(findings.into()) };
    let writing = cx.begin_write().await?;
    write::lock(&writing, own).await?.ok_or(Refused::Unauthenticated)?;
    if credentials::count_access_tokens(&*writing, own).await? >= ACCESS_TOKENS {
        return Err(Refusal::of_state(Why::TooLarge(ACCESS_TOKENS)).into());
    }
    let secret = format!("{OF_ACCESS_TOKENS}{}", random::token()?);
    let token = access_token::Model {
        id: cx.app.new_id(),
        person_id: own,
        name,
        secret_hash: random::digest(&secret),
        created_at: now,
        last_used_at: None,
        expires_at: create.expires_at,
    };
    credentials::insert_access_token(&*writing, token.clone()).await?;
    writing.commit().await?;
    Ok(Created { token, secret })
}

/// Ends one of one's own access tokens.
///
/// # Errors
/// [`Refused::NotFound`] for somebody else's.
pub async fn revoke_access_token(cx: &Cx, id: AccessTokenId) -> Result<(), Fault> {
    // A visitor has none.
    let own = themselves(cx).map_err(|refused| if refused == Refused::Unauthenticated { Refused::NotFound } else { refused })?;
    let writing = cx.begin_write().await?;
    let found = credentials::end_access_token(&*writing, id, own).await?;
    writing.commit().await?;
    if found { Ok(()) } else { Err(Refused::NotFound.into()) }
}

/// The person, where they ask themselves. A program with an access token neither makes nor ends what people sign in by: to end its
/// token has to be enough where it was lost.
fn themselves(cx: &Cx) -> Result<PersonId, Refused> {
    cx.authorise(&Action::UseAccount)?;
    cx.in_person()?;
    cx.viewer.person_id().ok_or(Refused::Unauthenticated)
}
