//! Finding the registration that somebody names.

use entity::id::{OrganisationId, RegistrationId};
use entity::registration;

use crate::access::Action;
use crate::app::Cx;
use crate::events::store::parts;
use crate::kernel::{Fault, Refused};
use crate::people;
use crate::registrations::store;
use crate::secret::Purpose;

/// How a registration is named.
#[derive(Clone, Debug)]
pub enum By {
    /// By its id (its organisers, and the person whose address it is of).
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
    let (id, is_code) = match by {
        By::Token(token) => return Ok(by_token(cx, &token).await?.ok_or(Refused::NotFound)?),
        By::Id(id) => (id, false),
        By::CheckInCode(code) => (cx.app.links.read(Purpose::CheckIn, &code).map(|(id, _)| id).ok_or(Refused::NotFound)?, true),
    };
    let row = store::by_ids(cx.db(), &cx.viewer, vec![id]).await?.remove(&id).ok_or(Refused::NotFound)?;
    if !is_code && is_own(cx, &row).await? {
        return Ok(row);
    }
    let hosts = parts::hosts(cx.db(), vec![row.event_id]).await?.remove(&row.event_id).unwrap_or_default();
    let answerable: Option<OrganisationId> = hosts.first().map(|host| host.organisation_id);
    cx.authorise(&Action::EditRegistrations(answerable))?;
    Ok(row)
}

/// Whether it is of the address that the viewer proved to be theirs.
async fn is_own(cx: &Cx, row: &registration::Model) -> Result<bool, Fault> {
    let Some(id) = cx.viewer.person_id() else { return Ok(false) };
    Ok(people::store::by_id(cx.db(), id).await?.is_some_and(|person| person.email == row.email))
}
