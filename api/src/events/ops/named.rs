//! What an event names must be there, and for the viewer to see.

use std::collections::HashSet;

use entity::id::{OrganisationId, VenueId};
use entity::words::MediaKind;
use entity::{network, organisation};
use sea_orm::DbErr;

use crate::access::Action;
use crate::app::{Cx, Writing};
use crate::events::store::write::{self, NewEvent};
use crate::kernel::refusal::Expected;
use crate::kernel::{Fault, Findings, Refused, Slug, Why};
use crate::media::ops::Shown;
use crate::{media, organisations, programmes, venues};

/// The network, whose zone holds where an event has none of its own.
pub(super) async fn network(writing: &Writing) -> Result<network::Model, Fault> {
    let found = organisations::store::network::the_network(&**writing).await?;
    found.map(|(network, _)| network).ok_or_else(|| Fault::Broken("there is no network".to_owned()))
}

/// Looks up what an event names: hosts, picture, venue, programme; and whether its slug is free.
pub(super) async fn check(
    cx: &Cx,
    writing: &Writing,
    (event, before): (&NewEvent, Option<&NewEvent>),
    own: Option<uuid::Uuid>,
    findings: &mut Findings,
) -> Result<(), DbErr> {
    let ids: Vec<OrganisationId> = event.hosts.iter().map(|(id, _)| *id).collect();
    let seen = organisations::store::by_ids(&**writing, &cx.viewer, ids.clone()).await?;
    let mut known = HashSet::new();
    for (at, id) in ids.iter().enumerate() {
        let at = at.to_string();
        if !seen.contains_key(id) {
            findings.refuse(&["hosts", &at, "organisationId"], Why::NotFound);
        } else if !known.insert(*id) {
            findings.refuse(&["hosts", &at, "organisationId"], Why::Invalid(Expected::Once));
        }
    }
    if let Some(id) = event.place.venue_id {
        check_venue(writing, id, &["place", "venueId"], findings).await?;
    }
    let cover = Shown { field: "coverId", kind: MediaKind::Image, before: before.and_then(|before| before.cover_id), now: event.cover_id };
    media::ops::check(cx, writing, &[cover], findings).await?;
    if let Some(id) = event.programme_id
        && programmes::store::by_ids(&**writing, vec![id]).await?.is_empty()
    {
        findings.refuse(&["programmeId"], Why::NotFound);
    }
    if write::SLUGGED.is_taken(&**writing, &event.slug, own).await? {
        findings.refuse(&["slug"], Why::Taken);
    }
    Ok(())
}

/// Whether a venue is there.
pub(super) async fn check_venue(writing: &Writing, id: VenueId, path: &[&str], findings: &mut Findings) -> Result<(), DbErr> {
    if venues::store::by_ids(&**writing, vec![id]).await?.is_empty() {
        findings.refuse(path, Why::NotFound);
    }
    Ok(())
}

/// The organisation that is to answer for an event, where the viewer may announce events in its name.
///
/// # Errors
/// [`Refused::Forbidden`] or [`Refused::Unauthenticated`] otherwise.
pub(super) async fn authorise_host(cx: &Cx, event: &NewEvent) -> Result<(), Refused> {
    match event.hosts.first() {
        Some((id, _)) => cx.authorise(&Action::CreateEvent(*id)),
        None => Ok(()),
    }
}

/// Whether what the viewer publishes in the name of an event's answerable host is reviewed first.
pub(super) async fn needs_review(cx: &Cx, writing: &Writing, host: Option<OrganisationId>) -> Result<bool, Fault> {
    let Some(id) = host else { return Ok(false) };
    let found: Option<organisation::Model> = organisations::store::by_ids(&**writing, &cx.viewer, vec![id]).await?.remove(&id);
    let is_trusted = found.is_some_and(|organisation| organisation.publishes_without_review);
    Ok(!cx.may(&Action::PublishWithoutReview { organisation_id: id, is_trusted }).is_allowed())
}

/// The slug of an event that was given none: of its title, else of its day.
pub(super) async fn free_slug(writing: &Writing, event: &NewEvent) -> Result<Slug, DbErr> {
    let title = event.texts.iter().find(|text| text.locale == event.original_locale).map_or("", |text| text.title.as_str());
    let day = crate::events::rules::schedule::local(event.schedule.starts_at, event.schedule.zone).date();
    let otherwise = Slug::of_title(&format!("termin {day}"));
    match otherwise {
        Some(otherwise) => write::SLUGGED.free_for(&**writing, title, otherwise).await,
        None => Err(DbErr::Type(format!("`{day}` gives no slug"))),
    }
}
