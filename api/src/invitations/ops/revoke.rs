//! Taking an invitation back.

use entity::id::InvitationId;
use entity::organisation;

use crate::access::Action;
use crate::app::Cx;
use crate::audit::ops::record;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::invitations::store;
use crate::kernel::{Fault, Refusal, Refused, Why};
use crate::organisations::store::locked_in_our_name;

/// Takes back an invitation that is not accepted yet: its link opens nothing any more.
///
/// # Errors
/// [`Refused::NotFound`] for what the viewer does not see, [`Refused::Forbidden`] to others than its organisation's owners and
/// administrators; [`Why::WrongState`] for one that was accepted.
pub async fn revoke(cx: &Cx, id: InvitationId) -> Result<organisation::Model, Fault> {
    let writing = cx.begin_write().await?;
    let seen = store::by_ids(&*writing, &cx.viewer, vec![id]).await?.remove(&id).ok_or(Refused::NotFound)?;
    let organisation = locked_in_our_name(&writing, seen.organisation_id).await?.ok_or(Refused::NotFound)?;
    cx.authorise(&Action::InviteToOrganisation(organisation.id))?;
    // Whoever accepts it waits for the lock, or was faster.
    let present = store::by_id(&*writing, id).await?.ok_or(Refused::NotFound)?;
    if present.accepted_at.is_some() {
        return Err(Refusal::of_state(Why::WrongState).into());
    }
    store::delete(&*writing, id).await?;
    let changes = Changes::none().field("role", &Some(present.role), &None);
    record(cx, &writing, Deed::InvitationRevoke, Subject::Organisation(organisation.id), &organisation.name, changes).await?;
    writing.commit().await?;
    Ok(organisation)
}
