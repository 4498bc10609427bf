//! Entering a venue, and changing it.

use entity::id::VenueId;
use entity::venue;

use super::Edit;
use crate::access::Action;
use crate::app::{Cx, Writing};
use crate::audit::ops::record;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::db::unique;
use crate::kernel::{Fault, Findings, Refused, Slug, Why, revision};
use crate::organisations;
use crate::organisations::store::write::NewAddress;
use crate::venues::jobs::Changed;
use crate::venues::store::write::{self, NewVenue};
use crate::venues::store::{self, content};

/// Enters a venue.
///
/// # Errors
/// [`Refused::Forbidden`] to those who edit for no organisation, or not for the one whose place it is to be; refusals of what was given,
/// all at once.
pub async fn create(cx: &Cx, mut edit: Edit) -> Result<venue::Model, Fault> {
    let writing = cx.begin_write().await?;
    let otherwise: Slug = "ort".parse().map_err(|_| Refused::NotFound)?;
    let mut new = edit.apply(empty(otherwise.clone()));
    check_organisation(cx, &writing, &new, &mut edit.findings).await?;
    cx.authorise(&Action::EnterVenue(new.organisation_id))?;
    edit.findings.or_refuse()?;
    new.slug = free_slug(&writing, &new.name, otherwise).await?;
    let id = write::insert(&*writing, &cx.app, &new).await.map_err(|error| unique::taken(error, &["input", "name"]))?;
    record(cx, &writing, Deed::VenueCreate, Subject::Venue(id), &new.name, Changes::none()).await?;
    let made = store::locked(&writing, id).await?.ok_or(Refused::NotFound)?;
    writing.commit().await?;
    Ok(made)
}

/// Changes a venue. Calendars of the events there count it.
///
/// # Errors
/// [`Refused::NotFound`], [`Refused::Forbidden`] to others than the editors of the organisation whose place it is, and the office;
/// refusals of what was given, all at once.
pub async fn update(cx: &Cx, id: VenueId, expected_revision: Option<i32>, mut edit: Edit) -> Result<venue::Model, Fault> {
    let writing = cx.begin_write().await?;
    let row = store::locked(&writing, id).await?.ok_or(Refused::NotFound)?;
    cx.authorise(&Action::EditVenue(row.organisation_id))?;
    revision::check(row.revision, expected_revision)?;
    let old = content::of(&*writing, &row).await?;
    let new = edit.apply(old.clone());
    if new.organisation_id != old.organisation_id {
        check_organisation(cx, &writing, &new, &mut edit.findings).await?;
        cx.authorise(&Action::EditVenue(new.organisation_id))?;
    }
    edit.findings.or_refuse()?;
    let changed = write::replace(&*writing, &cx.app, &row, &new).await?;
    if (&old.name, &old.address, old.location) != (&new.name, &new.address, new.location) {
        writing.later_once(&id.0.to_string(), &Changed { venue: id, is_elsewhere: true }).await?;
    }
    let changes = Changes::none()
        .field("name", &old.name, &new.name)
        .field("organisation", &old.organisation_id, &new.organisation_id)
        .field("rooms", &old.rooms, &new.rooms)
        .text("address", &(&old.address, old.location), &(&new.address, new.location))
        .text("features", &old.features, &new.features)
        .text("directions", &old.directions, &new.directions)
        .field("website", &row.website, &changed.website);
    record(cx, &writing, Deed::VenueUpdate, Subject::Venue(id), &new.name, changes).await?;
    writing.commit().await?;
    Ok(changed)
}

async fn check_organisation(cx: &Cx, writing: &Writing, venue: &NewVenue, findings: &mut Findings) -> Result<(), Fault> {
    let Some(id) = venue.organisation_id else { return Ok(()) };
    if organisations::store::by_ids(&**writing, &cx.viewer, vec![id]).await?.is_empty() {
        findings.refuse(&["organisationId"], Why::NotFound);
    }
    Ok(())
}

/// The first of the name that is free, with a number where it has to be.
async fn free_slug(writing: &Writing, name: &str, otherwise: Slug) -> Result<Slug, Fault> {
    let wanted = Slug::of_title(name).unwrap_or(otherwise);
    let (mut slug, mut number) = (wanted.clone(), 1);
    while write::is_taken(&**writing, &slug).await? {
        number += 1;
        slug = wanted.numbered(number);
    }
    Ok(slug)
}

/// What a first change is applied to: nothing is known of it.
fn empty(slug: Slug) -> NewVenue {
    NewVenue {
        slug,
        name: String::new(),
        address: NewAddress::default(),
        location: None,
        rooms: Vec::new(),
        directions: None,
        website: None,
        organisation_id: None,
        features: Vec::new(),
    }
}
