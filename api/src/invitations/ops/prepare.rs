//! Making what an invitation is mailed with.

use entity::id::InvitationId;
use entity::{invitation, organisation};

use crate::access::{SignedIn, Viewer};
use crate::app::App;
use crate::invitations::rules::is_open;
use crate::invitations::store;
use crate::kernel::{EmailAddress, Fault, Locale};
use crate::organisations::store::by_ids;
use crate::people;
use crate::secret::random;

/// What a mail tells. Its secret is nowhere else: not in a job, and not in the database.
#[derive(Debug)]
pub struct Prepared {
    /// The invitation.
    pub row: invitation::Model,
    /// Who invites.
    pub organisation: organisation::Model,
    /// In which language the reader is written to: their own, where they have an account.
    pub locale: Locale,
    /// The secret in the link.
    pub token: String,
}

/// Makes a link for an invitation that is still open. A mail that has to be sent again gets a new one, and the earlier ends.
///
/// # Errors
/// Where the database fails.
pub async fn prepare(app: &App, id: InvitationId) -> Result<Option<Prepared>, Fault> {
    let Some(row) = store::by_id(&app.db, id).await?.filter(|row| is_open(row, app.clock.now())) else { return Ok(None) };
    let us = Viewer::Person(SignedIn::who_runs_it());
    let found = by_ids(&app.db, &us, vec![row.organisation_id]).await?.remove(&row.organisation_id);
    let Some(organisation) = found else { return Ok(None) };
    let reader = match row.email.parse::<EmailAddress>() {
        Ok(email) => people::store::by_email(&app.db, &email).await?,
        Err(_) => return Ok(None),
    };
    let locale = reader.map_or_else(|| row.locale.clone(), |reader| reader.locale).parse().unwrap_or_else(|_| Locale::german());
    let token = random::token()?;
    let token_hash = random::digest(&token);
    store::set_secret(&app.db, id, token_hash.clone()).await?;
    Ok(Some(Prepared { row: invitation::Model { token_hash: Some(token_hash), ..row }, organisation, locale, token }))
}
