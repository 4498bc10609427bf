//! Entering a programme, and changing it.

use std::collections::HashSet;

use entity::id::{OrganisationId, ProgrammeId};
use entity::programme;

use super::Edit;
use crate::access::Action;
use crate::app::{Cx, Writing};
use crate::audit::ops::record;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::db::unique;
use crate::kernel::refusal::Expected;
use crate::kernel::{Fault, Findings, Locale, Refused, Slug, Why, revision};
use crate::organisations;
use crate::programmes::jobs::Renamed;
use crate::programmes::store::write::{self, NewProgramme, SLUGGED};
use crate::programmes::store::{self, content};

/// Enters a programme of an organisation.
///
/// # Errors
/// [`Refused::Forbidden`] to others than administrators; refusals of what was given, all at once.
pub async fn create(cx: &Cx, organisation: Result<OrganisationId, Why>, mut edit: Edit) -> Result<programme::Model, Fault> {
    cx.authorise(&Action::AdministerProgrammes)?;
    let writing = cx.begin_write().await?;
    let otherwise: Slug = "programm".parse().map_err(|_| Refused::NotFound)?;
    let id = edit.findings.take("organisationId", organisation);
    let (has_slug, named) = (!edit.slug.keeps(), id.unwrap_or(OrganisationId(uuid::Uuid::nil())));
    let mut new = edit.apply(empty(named, otherwise.clone()));
    if !has_slug {
        new.slug = SLUGGED.free_for(&*writing, title(&new), otherwise).await?;
    }
    if id.is_some() && organisations::store::by_ids(&*writing, &cx.viewer, vec![named]).await?.is_empty() {
        edit.findings.refuse(&["organisationId"], Why::NotFound);
    }
    check(cx, &writing, &new, None, &mut edit.findings).await?;
    edit.findings.or_refuse()?;
    let id = write::insert(&*writing, &cx.app, &new).await.map_err(|error| unique::taken(error, &["input", "slug"]))?;
    record(cx, &writing, Deed::ProgrammeCreate, Subject::Programme(id), title(&new), Changes::none()).await?;
    let made = store::locked(&writing, id).await?.ok_or(Refused::NotFound)?;
    writing.commit().await?;
    Ok(made)
}

/// Changes a programme.
///
/// # Errors
/// [`Refused::NotFound`]; [`Refused::Forbidden`] to others than administrators; refusals of what was given, all at once.
pub async fn update(cx: &Cx, id: ProgrammeId, expected_revision: Option<i32>, mut edit: Edit) -> Result<programme::Model, Fault> {
    let writing = cx.begin_write().await?;
    let row = store::locked(&writing, id).await?.ok_or(Refused::NotFound)?;
    cx.authorise(&Action::AdministerProgrammes)?;
    revision::check(row.revision, expected_revision)?;
    let old = content::of(&*writing, &row).await?;
    let new = edit.apply(old.clone());
    check(cx, &writing, &new, Some(id), &mut edit.findings).await?;
    edit.findings.or_refuse()?;
    let changed = write::replace(&*writing, &cx.app, &row, &new).await.map_err(|error| unique::taken(error, &["input", "slug"]))?;
    let texts = |one: &NewProgramme| one.texts.iter().map(|text| (text.name.clone(), text.description.clone())).collect::<Vec<_>>();
    let names = |one: &NewProgramme| one.texts.iter().map(|text| text.name.clone()).collect::<Vec<_>>();
    if names(&old) != names(&new) {
        writing.later_once(&id.0.to_string(), &Renamed { programme: id }).await?;
    }
    let changes = Changes::none()
        .field("slug", &row.slug, &changed.slug)
        .field("isBroadcast", &row.is_broadcast, &changed.is_broadcast)
        .field("funders", &old.funders, &new.funders)
        .field("startedOn", &row.started_on, &changed.started_on)
        .field("endedOn", &row.ended_on, &changed.ended_on)
        .text("texts", &texts(&old), &texts(&new));
    record(cx, &writing, Deed::ProgrammeUpdate, Subject::Programme(id), title(&new), changes).await?;
    writing.commit().await?;
    Ok(changed)
}

async fn check(
    cx: &Cx,
    writing: &Writing,
    programme: &NewProgramme,
    own: Option<ProgrammeId>,
    findings: &mut Findings,
) -> Result<(), Fault> {
    let seen = organisations::store::by_ids(&**writing, &cx.viewer, programme.funders.clone()).await?;
    let mut known = HashSet::new();
    for (at, id) in programme.funders.iter().enumerate() {
        if !seen.contains_key(id) {
            findings.refuse(&["funderIds", &at.to_string()], Why::NotFound);
        } else if !known.insert(*id) {
            findings.refuse(&["funderIds", &at.to_string()], Why::Invalid(Expected::Once));
        }
    }
    if SLUGGED.is_taken(&**writing, &programme.slug, own.map(|id| id.0)).await? {
        findings.refuse(&["slug"], Why::Taken);
    }
    Ok(())
}

fn title(programme: &NewProgramme) -> &str {
    programme.texts.iter().find(|text| text.locale == programme.original_locale).map_or("", |text| text.name.as_str())
}

/// What a first change is applied to: nothing is known of it.
fn empty(organisation_id: OrganisationId, slug: Slug) -> NewProgramme {
    NewProgramme {
        slug,
        organisation_id,
        is_broadcast: false,
        original_locale: Locale::german(),
        texts: Vec::new(),
        funders: Vec::new(),
        started_on: None,
        ended_on: None,
        sources: Vec::new(),
    }
}
