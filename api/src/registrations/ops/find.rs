//! Finding the registration that somebody names.

use entity::id::{OrganisationId, RegistrationId};
use entity::registration;

use crate::access::Action;
use crate::app::Cx;
use crate::events::store::parts;
use crate::kernel::{Fault, Refused};
use crate::registrations::store;
use crate::secret::Purpose;

/// How a registration is named.
#[derive(Clone, Debug)]
pub enum By {
    /// By its id (its organisers).
    Id(RegistrationId),
    /// By the secret in its mails.
    Token(String),
    /// By its check-in code (its organisers).
    CheckInCode(String),
}

/// The registration that a secret in a mail opens.
///
/// # Errors
/// Where the database fails.
pub async fn by_token(cx: &Cx, token: &str) -> Result<Option<registration::Model>, Fault> {
    match cx.app.links.read(Purpose::Registration, token) {
        Some(secret) => Ok(store::by_secret(cx.db(), secret).await?),
        None => Ok(None),
    }
}

/// The registration that is named, to change it.
///
/// # Errors
/// [`Refused::NotFound`] where there is none, or not for the viewer; [`Refused::Forbidden`] where they may see but not change it.
pub async fn find(cx: &Cx, by: By) -> Result<registration::Model, Fault> {
    let id = match by {
        By::Token(token) => return Ok(by_token(cx, &token).await?.ok_or(Refused::NotFound)?),
        By::Id(id) => id,
        By::CheckInCode(code) => cx.app.links.read(Purpose::CheckIn, &code).map(|(id, _)| id).ok_or(Refused::NotFound)?,
    };
    let row = store::by_ids(cx.db(), &cx.viewer, vec![id]).await?.remove(&id).ok_or(Refused::NotFound)?;
    let hosts = parts::hosts(cx.db(), vec![row.event_id]).await?.remove(&row.event_id).unwrap_or_default();
    let answerable: Option<OrganisationId> = hosts.first().map(|host| host.organisation_id);
    cx.authorise(&Action::EditRegistrations(answerable))?;
    Ok(row)
}
