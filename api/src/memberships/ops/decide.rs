//! Admitting, declining, and ending.

use entity::id::OrganisationId;
use entity::words::{MembershipDecision, OrganisationKind};
use entity::{membership, organisation};

use crate::access::Action;
use crate::app::{Cx, Writing};
use crate::audit::ops::record;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::kernel::{Fault, PartialDate, Refusal, Refused, Why, text};
use crate::memberships::jobs::{News, Tell};
use crate::memberships::rules::{can_join, can_leave, open_application, present};
use crate::memberships::store;
use crate::organisations::store::write::{self, NewMembership};
use crate::organisations::store::{locked, membership as memberships};

/// Admits an applicant, or anybody else who is no member, from a day on. Who applied is told by mail.
///
/// # Errors
/// [`Refused::NotFound`] and [`Refused::Forbidden`] to others than administrators; [`Why::WrongState`] for a member,
/// [`Why::EndsBeforeStart`] for a day on which it still was one.
pub async fn admit(cx: &Cx, id: OrganisationId, joined_on: Result<PartialDate, Why>) -> Result<organisation::Model, Fault> {
    let writing = cx.begin_write().await?;
    let (organisation, all) = named(cx, &writing, id).await?;
    let at_day = |why| if why == Why::WrongState { Refusal::of_state(why) } else { Refusal::at(&["joinedOn"], why) };
    let joined_on = joined_on.map_err(at_day)?;
    if organisation.kind == OrganisationKind::Network {
        return Err(Refusal::of_state(Why::WrongState).into());
    }
    can_join(&all, &joined_on, cx.today()).map_err(at_day)?;
    match open_application(&all) {
        Some(applied) => {
            let row = membership::Model {
                decision: MembershipDecision::Admitted,
                joined_on: Some(joined_on.as_str().to_owned()),
                ..applied.clone()
            };
            store::update(&*writing, &row).await?;
            store::decide(&*writing, row.id, None, cx.now()).await?;
            writing.later(&Tell { membership: row.id, news: News::Admitted }).await?;
        }
        None => {
            let decision = MembershipDecision::Admitted;
            let new = NewMembership { decision, applied_on: None, joined_on: Some(joined_on.clone()), left_on: None, is_founding: false };
            write::insert_membership(&*writing, &cx.app, id, &new).await?;
        }
    }
    store::make_member(&*writing, id).await?;
    let changes =
        Changes::none().field("joinedOn", &None, &Some(joined_on.as_str())).field("kind", &organisation.kind, &OrganisationKind::Member);
    finish(cx, writing, Deed::MembershipAdmit, &organisation, changes).await
}

/// Declines an application. Who applied is told by mail, and why where a reason is given.
///
/// # Errors
/// As [`admit`]; [`Why::WrongState`] where nobody applied.
pub async fn decline(cx: &Cx, id: OrganisationId, reason: Option<String>) -> Result<organisation::Model, Fault> {
    let writing = cx.begin_write().await?;
    let (organisation, all) = named(cx, &writing, id).await?;
    let reason = reason.as_deref().map_or(Ok(None), |reason| text::lines(reason, text::SUMMARY));
    let reason = reason.map_err(|why| Refusal::at(&["reason"], why))?;
    let applied = open_application(&all).ok_or_else(|| Refusal::of_state(Why::WrongState))?;
    let row = membership::Model { decision: MembershipDecision::Declined, ..applied.clone() };
    store::update(&*writing, &row).await?;
    store::decide(&*writing, row.id, reason, cx.now()).await?;
    writing.later(&Tell { membership: row.id, news: News::Declined }).await?;
    finish(cx, writing, Deed::MembershipDecline, &organisation, Changes::none()).await
}

/// Ends a membership with a day, which may lie ahead: until then it lasts, and so do the rights of its people.
///
/// # Errors
/// As [`admit`]; [`Why::WrongState`] for what is no member, [`Why::EndsBeforeStart`] for a day before it began.
pub async fn end(cx: &Cx, id: OrganisationId, left_on: Result<PartialDate, Why>) -> Result<organisation::Model, Fault> {
    let writing = cx.begin_write().await?;
    let (organisation, all) = named(cx, &writing, id).await?;
    let at_day = |why| Refusal::at(&["leftOn"], why);
    let left_on = left_on.map_err(at_day)?;
    let present = present(&all, cx.today()).ok_or_else(|| Refusal::of_state(Why::WrongState))?;
    can_leave(present, &left_on).map_err(at_day)?;
    let row = membership::Model { left_on: Some(left_on.as_str().to_owned()), ..present.clone() };
    store::update(&*writing, &row).await?;
    let changes = Changes::none().field("leftOn", &present.left_on, &row.left_on);
    finish(cx, writing, Deed::MembershipEnd, &organisation, changes).await
}

/// The organisation that is decided about, with its memberships, where the viewer may.
async fn named(cx: &Cx, writing: &Writing, id: OrganisationId) -> Result<(organisation::Model, Vec<membership::Model>), Fault> {
    let organisation = locked(writing, &cx.viewer, id).await?.ok_or(Refused::NotFound)?;
    cx.authorise(&Action::AdministerOrganisations)?;
    let all = memberships::of(&**writing, vec![id]).await?.remove(&id).unwrap_or_default();
    Ok((organisation, all))
}

async fn finish(
    cx: &Cx,
    writing: Writing,
    deed: Deed,
    organisation: &organisation::Model,
    changes: Changes,
) -> Result<organisation::Model, Fault> {
    record(cx, &writing, deed, Subject::Organisation(organisation.id), &organisation.name, changes).await?;
    let now = locked(&writing, &cx.viewer, organisation.id).await?.ok_or(Refused::NotFound)?;
    writing.commit().await?;
    Ok(now)
}
