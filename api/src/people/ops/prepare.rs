//! Making what is mailed to sign in with.

use entity::id::SignInId;
use entity::sign_in;

use super::sign_in::hash_of_code;
use crate::app::App;
use crate::kernel::Fault;
use crate::people::rules::{GOOD_FOR, MAILS_WITHIN};
use crate::people::store::sign_in as store;
use crate::secret::random;

/// What a mail tells. It is nowhere else: not in a job, and not in the database.
#[derive(Debug)]
pub struct Prepared {
    /// The request.
    pub row: sign_in::Model,
    /// The address.
    pub email: String,
    /// The code.
    pub code: String,
    /// The secret in the link.
    pub token: String,
}

/// Makes a code and a link, good from now on. A mail that has to be sent again gets new ones, and the earlier ones end; one that
/// could not be sent for an hour is of no use any more.
///
/// # Errors
/// Where the database fails.
pub async fn prepare(app: &App, id: SignInId) -> Result<Option<Prepared>, Fault> {
    let now = app.clock.now();
    let Some(mut row) = store::by_id(&app.db, id).await? else { return Ok(None) };
    let Some(email) = row.email.clone().filter(|_| row.used_at.is_none() && now - row.created_at < MAILS_WITHIN) else { return Ok(None) };
    let (code, token) = (random::code()?, random::token()?);
    row.expires_at = now + GOOD_FOR;
    store::set_secrets(&app.db, id, (Some(hash_of_code(app, id, &code)), random::digest(&token)), row.expires_at).await?;
    Ok(Some(Prepared { row, email, code, token }))
}
