//! Accepting an invitation, by the secret in its link.

use entity::{invitation, organisation, organisation_person};

use crate::access::Action;
use crate::app::Cx;
use crate::audit::ops::record;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::invitations::rules::is_open;
use crate::invitations::store;
use crate::kernel::{Fault, Refusal, Refused, Why};
use crate::organisations::store::{locked_in_our_name, people as acting};
use crate::people;
use crate::secret::random;

/// The invitation whose link has this secret; none for any other text, and for one that was taken back or replaced.
///
/// # Errors
/// Where the database fails.
pub async fn by_token(cx: &Cx, token: &str) -> Result<Option<invitation::Model>, Fault> {
    Ok(store::by_token(cx.db(), &random::digest(token)).await?)
}

/// Joins the organisation that invited the address of the signed-in person. Once.
///
/// # Errors
/// [`Refused::Unauthenticated`] to visitors, [`Refused::NotFound`] for a secret that opens nothing, [`Refused::Forbidden`] where
/// another address was invited; [`Why::Expired`] for an invitation that was accepted, or is over.
pub async fn accept(cx: &Cx, token: &str) -> Result<organisation::Model, Fault> {
    cx.authorise(&Action::UseAccount)?;
    let own = cx.viewer.person_id().ok_or(Refused::Unauthenticated)?;
    let over = || Fault::from(Refusal::at(&["token"], Why::Expired));
    let (now, writing) = (cx.now(), cx.begin_write().await?);
    let person = people::store::by_id(&*writing, own).await?.ok_or(Refused::Unauthenticated)?;
    let invitation = store::by_token(&*writing, &random::digest(token)).await?.ok_or(Refused::NotFound)?;
    if person.email != invitation.email {
        return Err(Refused::Forbidden.into());
    }
    let id = invitation.organisation_id;
    let organisation = locked_in_our_name(&writing, id).await?.ok_or(Refused::NotFound)?;
    if !is_open(&invitation, now) || !store::accept(&*writing, invitation.id, now).await? {
        return Err(over());
    }
    let role = invitation.role;
    acting::join(&*writing, organisation_person::Model { organisation_id: id, person_id: own, role, created_at: now }).await?;
    let changes = Changes::none().field("role", &None, &Some(role)).field("person", &None, &Some(own));
    record(cx, &writing, Deed::InvitationAccept, Subject::Organisation(id), &organisation.name, changes).await?;
    writing.commit().await?;
    Ok(organisation)
}
