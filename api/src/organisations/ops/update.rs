//! Changing an organisation's page.

use entity::id::OrganisationId;
use entity::organisation;
use entity::words::MediaKind;

use super::edit::Edit;
use crate::access::Action;
use crate::app::Cx;
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::db::unique;
use crate::kernel::{Fault, Refused, Why, revision};
use crate::media::ops::Shown;
use crate::organisations::jobs::Renamed;
use crate::organisations::store::write::{self, NewOrganisation, SLUGGED};
use crate::organisations::store::{self, content};
use crate::{media, tags};

/// Changes an organisation.
///
/// # Errors
/// [`Refused::NotFound`] for what the viewer does not see, [`Refused::Forbidden`] for what is not theirs to change, which for most is
/// also what it is to the network; refusals of what was given, all at once.
pub async fn update(cx: &Cx, id: OrganisationId, expected_revision: Option<i32>, mut edit: Edit) -> Result<organisation::Model, Fault> {
    let writing = cx.begin_write().await?;
    let row = store::locked(&writing, &cx.viewer, id).await?.ok_or(Refused::NotFound)?;
    cx.authorise(&Action::UpdateOrganisation(id))?;
    let focus = std::mem::take(&mut edit.focus);
    let old = content::of(&*writing, &row).await?;
    let mut new = edit.apply(old.clone());
    if (old.kind, old.publishes_without_review) != (new.kind, new.publishes_without_review) {
        cx.authorise(&Action::AdministerOrganisations)?;
    }
    revision::check(row.revision, expected_revision)?;
    if SLUGGED.is_taken(&*writing, &new.slug, Some(id.0)).await? {
        edit.findings.refuse(&["slug"], Why::Taken);
    }
    let logo = Shown { field: "logoId", kind: MediaKind::Image, before: row.logo_id, now: new.logo_id };
    media::ops::check(cx, &writing, &[logo], &mut edit.findings).await?;
    edit.findings.or_refuse()?;
    if !focus.keeps() {
        new.tags = tags::store::write::of_names(&*writing, &cx.app, &focus.over_list(Vec::new())).await?;
    }
    let changed = write::replace(&*writing, &cx.app, &row, &new).await.map_err(|error| unique::taken(error, &["input", "slug"]))?;
    if is_told_otherwise(&row, &changed) {
        writing.later_once(&id.0.to_string(), &Renamed { organisation: id }).await?;
    }
    let changes = changes((&row, &old), (&changed, &new));
    audit::ops::record(cx, &writing, Deed::OrganisationUpdate, Subject::Organisation(id), &changed.name, changes).await?;
    writing.commit().await?;
    Ok(changed)
}

/// Whether others tell of it by what changed: search by its names, calendars by its name and mailbox.
pub(super) fn is_told_otherwise(before: &organisation::Model, after: &organisation::Model) -> bool {
    let told = |row: &organisation::Model| (row.name.clone(), row.short_name.clone(), row.aliases.clone(), row.email.clone());
    told(before) != told(after)
}

/// What the log tells: no texts, and nothing of where somebody can be reached.
fn changes((before, old): (&organisation::Model, &NewOrganisation), (after, new): (&organisation::Model, &NewOrganisation)) -> Changes {
    let locales = |one: &NewOrganisation| one.texts.iter().map(|text| text.locale.to_string()).collect::<Vec<_>>();
    let languages = |one: &NewOrganisation| one.languages.iter().map(ToString::to_string).collect::<Vec<_>>();
    let texts = |one: &NewOrganisation| one.texts.iter().map(|text| text.description.clone()).collect::<Vec<_>>();
    Changes::none()
        .field("name", &before.name, &after.name)
        .field("slug", &before.slug, &after.slug)
        .field("shortName", &before.short_name, &after.short_name)
        .field("aliases", &before.aliases, &after.aliases)
        .field("kind", &before.kind, &after.kind)
        .field("legalForm", &before.legal_form, &after.legal_form)
        .field("foundedOn", &before.founded_on, &after.founded_on)
        .field("website", &before.website, &after.website)
        .field("addressIsPublic", &before.address_is_public, &after.address_is_public)
        .field("publishesWithoutReview", &before.publishes_without_review, &after.publishes_without_review)
        .field("logo", &before.logo_id, &after.logo_id)
        .field("focus", &old.tags, &new.tags)
        .field("languages", &languages(old), &languages(new))
        .field("locales", &locales(old), &locales(new))
        .text("texts", &texts(old), &texts(new))
        .text("contact", &(&before.email, &before.phone), &(&after.email, &after.phone))
        .text("address", &(&old.address, old.location), &(&new.address, new.location))
}
