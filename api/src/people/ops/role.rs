//! Parts in the network's office.

use entity::id::PersonId;
use entity::person;
use entity::words::NetworkRole;

use crate::access::{ADMINISTRATOR, Action};
use crate::app::{Cx, Writing};
use crate::audit::ops::record;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::kernel::{Fault, Refusal, Refused, Why};
use crate::people::store::{self, write};

/// Gives a person a part in the network's office, or takes it away.
///
/// # Errors
/// [`Refused::NotFound`] and [`Refused::Forbidden`] to others than administrators; [`Why::WrongState`] where nobody would be left to
/// administer.
pub async fn set_network_role(cx: &Cx, id: PersonId, role: Option<NetworkRole>) -> Result<person::Model, Fault> {
    let writing = cx.begin_write().await?;
    store::by_ids(&*writing, &cx.viewer, vec![id]).await?.remove(&id).ok_or(Refused::NotFound)?;
    cx.authorise(&Action::SetNetworkRole)?;
    cx.in_person()?;
    let person = give_role(cx, &writing, id, role).await?;
    writing.commit().await?;
    Ok(person)
}

/// Gives a role within a transaction, and notes it.
pub(super) async fn give_role(cx: &Cx, writing: &Writing, id: PersonId, role: Option<NetworkRole>) -> Result<person::Model, Fault> {
    // Of two administrators who take the part from each other at once, one is first.
    let administrators = write::lock_administrators(writing).await?;
    let old = write::lock(writing, id).await?.ok_or(Refused::NotFound)?;
    if role != Some(ADMINISTRATOR) && administrators.iter().all(|one| one.id == id) && !administrators.is_empty() {
        return Err(Refusal::at(&["role"], Why::WrongState).into());
    }
    if old.network_role != role {
        write::set_network_role(&**writing, id, role).await?;
        let changes = Changes::none().field("networkRole", &old.network_role, &role);
        // The log tells of people by their ids: what else is known of them goes with them.
        record(cx, writing, Deed::PersonSetNetworkRole, Subject::Person(id), "", changes).await?;
    }
    Ok(person::Model { network_role: role, ..old })
}
