//! Inviting somebody to act for an organisation.

use entity::id::OrganisationId;
use entity::words::OrganisationRole;
use entity::{invitation, organisation};

use crate::access::Action;
use crate::app::Cx;
use crate::audit::ops::record;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::invitations::jobs::MailInvitation;
use crate::invitations::rules::{COST, GOOD_FOR, MOST};
use crate::invitations::store;
use crate::kernel::{EmailAddress, Fault, Refusal, Refused, Why};
use crate::organisations;
use crate::organisations::store::people;

/// Whom to invite, and as what.
#[derive(Debug)]
pub struct Invite {
    /// The address.
    pub email: Result<EmailAddress, Why>,
    /// What they may do for it.
    pub role: OrganisationRole,
}

/// Has an address mailed an invitation, in place of an earlier one. Nothing in the answer depends on whether anybody has it, but for
/// who acts for the organisation already.
///
/// # Errors
/// [`Refused::NotFound`] for what the viewer does not see, [`Refused::Forbidden`] to others than its owners and administrators,
/// [`Refused::RateLimited`] for a client that asks too much; [`Why::Taken`] for who acts for it already.
pub async fn invite(cx: &Cx, id: OrganisationId, invite: Invite) -> Result<organisation::Model, Fault> {
    let at_email = |why| Refusal::at(&["input", "email"], why);
    let writing = cx.begin_write().await?;
    let organisation = organisations::store::locked(&writing, &cx.viewer, id).await?.ok_or(Refused::NotFound)?;
    cx.authorise(&Action::InviteToOrganisation(id))?;
    let address = invite.email.map_err(at_email)?;
    let email = address.as_str().to_lowercase();
    if people::has_address(&*writing, id, &address).await? {
        return Err(at_email(Why::Taken).into());
    }
    if store::count_others(&*writing, id, &email).await? >= MOST {
        return Err(Refusal::of_state(Why::TooLarge(MOST)).into());
    }
    cx.in_person()?;
    cx.slow_down(COST)?;
    let now = cx.now();
    let row = invitation::Model {
        id: cx.app.new_id(),
        organisation_id: id,
        email,
        role: invite.role,
        locale: cx.wanted.first().to_string(),
        token_hash: None,
        created_at: now,
        expires_at: now + GOOD_FOR,
        accepted_at: None,
    };
    writing.later(&MailInvitation { invitation: row.id }).await?;
    store::put(&*writing, row).await?;
    // Who is invited is no person of ours yet: the log does not keep their address.
    let changes = Changes::none().field("role", &None, &Some(invite.role));
    record(cx, &writing, Deed::OrganisationInvite, Subject::Organisation(id), &organisation.name, changes).await?;
    writing.commit().await?;
    Ok(organisation)
}
