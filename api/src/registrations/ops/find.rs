//! Finding the registration that somebody names.

use entity::id::{EventId, OrganisationId, RegistrationId};
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

/// A registration that somebody may change, and as who.
#[derive(Clone, Debug)]
pub struct Named {
    /// As it was then.
    pub row: registration::Model,
    /// As who.
    pub hand: Hand,
}

/// As who somebody changes a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// As the person whose it is.
    Own,
    /// As an organiser, in that person's place.
    Organiser,
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
pub async fn find(cx: &Cx, by: By) -> Result<Named, Fault> {
    if let By::Token(_) = by {
        return Ok(Named { row: seen(cx, by).await?, hand: Hand::Own });
    }
    let is_code = matches!(by, By::CheckInCode(_));
    let row = seen(cx, by).await?;
    if !is_code && is_own(cx, &row).await? {
        return Ok(Named { row, hand: Hand::Own });
    }
    cx.authorise(&Action::EditRegistrations(answerable(cx, row.event_id).await?))?;
    Ok(Named { row, hand: Hand::Organiser })
}

/// The registration that is named, for its organisers alone to decide about: whose it is may see it, and may not.
///
/// # Errors
/// As [`find()`].
pub(super) async fn find_to_decide(cx: &Cx, by: By) -> Result<registration::Model, Fault> {
    let row = seen(cx, by).await?;
    cx.authorise(&Action::EditRegistrations(answerable(cx, row.event_id).await?))?;
    Ok(row)
}

/// The registration of somebody at the door, for its organisers alone to let in.
///
/// # Errors
/// As [`find()`].
pub(super) async fn find_at_the_door(cx: &Cx, by: By) -> Result<registration::Model, Fault> {
    let row = seen(cx, by).await?;
    cx.authorise(&Action::SeeRegistrations(answerable(cx, row.event_id).await?))?;
    Ok(row)
}

/// The organisation that answers for an event.
pub(super) async fn answerable(cx: &Cx, event: EventId) -> Result<Option<OrganisationId>, Fault> {
    let hosts = parts::hosts(cx.db(), vec![event]).await?.remove(&event).unwrap_or_default();
    Ok(hosts.first().map(|host| host.organisation_id))
}

async fn seen(cx: &Cx, by: By) -> Result<registration::Model, Fault> {
    let id = match by {
        By::Token(token) => return Ok(by_token(cx, &token).await?.ok_or(Refused::NotFound)?),
        By::Id(id) => return Ok(store::by_ids(cx.db(), &cx.viewer, vec![id]).await?.remove(&id).ok_or(Refused::NotFound)?),
        By::CheckInCode(code) => cx.app.links.read(Purpose::CheckIn, &code).ok_or(Refused::NotFound)?,
    };
    let row = store::by_ids(cx.db(), &cx.viewer, vec![id.0]).await?.remove(&id.0);
    // A code ends with the links: both are of one version.
    Ok(row.filter(|row| row.secret_version == id.1).ok_or(Refused::NotFound)?)
}

/// Whether it is of the address that the viewer proved to be theirs.
async fn is_own(cx: &Cx, row: &registration::Model) -> Result<bool, Fault> {
    let Some(id) = cx.viewer.person_id() else { return Ok(false) };
    Ok(people::store::by_id(cx.db(), id).await?.is_some_and(|person| person.email == row.email))
}
