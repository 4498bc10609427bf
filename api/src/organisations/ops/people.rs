//! Who acts for an organisation, and as what.

use entity::id::{OrganisationId, PersonId};
use entity::organisation;
use entity::words::OrganisationRole;

use crate::access::Action;
use crate::access::viewer::OWNING;
use crate::app::{Cx, Writing};
use crate::audit::ops::record;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::kernel::{Fault, Refusal, Refused, Why};
use crate::organisations::store::{self, people};

/// Gives a person another role in an organisation.
///
/// # Errors
/// [`Refused::NotFound`] for what the viewer does not see, and for who does not act for it; [`Refused::Forbidden`] to others than its
/// owners and administrators; [`Why::WrongState`] where it would be left without an owner.
pub async fn set_role(cx: &Cx, id: OrganisationId, person: PersonId, role: OrganisationRole) -> Result<organisation::Model, Fault> {
    let writing = cx.begin_write().await?;
    let organisation = store::locked(&writing, &cx.viewer, id).await?.ok_or(Refused::NotFound)?;
    cx.authorise(&Action::InviteToOrganisation(id))?;
    cx.in_person()?;
    let before = people::role(&*writing, id, person).await?.ok_or(Refused::NotFound)?;
    if before != role {
        keep_an_owner(&writing, id, person, before, "role").await?;
        people::set_role(&*writing, id, person, role).await?;
        // The log tells of people by their ids: what else is known of them goes with them.
        let changes = Changes::none().field("role", &Some(before), &Some(role)).field("person", &None, &Some(person));
        record(cx, &writing, Deed::OrganisationSetRole, Subject::Organisation(id), &organisation.name, changes).await?;
        writing.commit().await?;
    }
    Ok(organisation)
}

/// Has a person act for an organisation no more; anybody may leave by themself.
///
/// # Errors
/// [`Refused::NotFound`] for what the viewer does not see, and for who does not act for it; [`Refused::Forbidden`] to others than its
/// owners and administrators; [`Why::WrongState`] where it would be left without an owner.
pub async fn remove_person(cx: &Cx, id: OrganisationId, person: PersonId) -> Result<organisation::Model, Fault> {
    let writing = cx.begin_write().await?;
    let organisation = store::locked(&writing, &cx.viewer, id).await?.ok_or(Refused::NotFound)?;
    cx.authorise(&Action::RemoveFromOrganisation(id, person))?;
    let before = people::role(&*writing, id, person).await?.ok_or(Refused::NotFound)?;
    keep_an_owner(&writing, id, person, before, "personId").await?;
    people::remove(&*writing, id, person).await?;
    let changes = Changes::none().field("role", &Some(before), &None).field("person", &Some(person), &None);
    record(cx, &writing, Deed::OrganisationRemovePerson, Subject::Organisation(id), &organisation.name, changes).await?;
    writing.commit().await?;
    Ok(organisation)
}

/// Refuses to take the last owner away. The organisation's row is locked, so that of two who take the part from each other one is first.
async fn keep_an_owner(
    writing: &Writing,
    id: OrganisationId,
    person: PersonId,
    before: OrganisationRole,
    argument: &str,
) -> Result<(), Fault> {
    if before == OWNING && !people::has_other_owners(&**writing, id, person).await? {
        return Err(Refusal::at(&[argument], Why::WrongState).into());
    }
    Ok(())
}
