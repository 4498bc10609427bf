//! Beginning a newsletter of an organisation.

use entity::id::OrganisationId;
use entity::newsletter;
use entity::words::Visibility;

use super::edit::{Edit, may_be_for};
use crate::access::Action;
use crate::app::Cx;
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::db::unique;
use crate::kernel::refusal::Expected;
use crate::kernel::{Fault, Refusal, Refused, Slug, Why};
use crate::newsletter::store::write;
use crate::organisations;

/// A newsletter to be begun.
#[derive(Debug)]
pub struct Create {
    /// Whose.
    pub organisation: Result<OrganisationId, Why>,
    /// Readable part of its address; made of its name where none is given.
    pub slug: Option<Slug>,
    /// What it is like.
    pub edit: Edit,
}

/// Begins a newsletter.
///
/// # Errors
/// [`Why::NotFound`] for an organisation that the viewer does not see, [`Refused::Forbidden`] where they do not edit for it; refusals of
/// what was given, all at once.
pub async fn create(cx: &Cx, create: Create) -> Result<newsletter::Model, Fault> {
    cx.authorise(&Action::UseAccount)?;
    let writing = cx.begin_write().await?;
    let no_organisation = |why| Refusal::at(&["input", "organisationId"], why);
    let id = create.organisation.map_err(no_organisation)?;
    let own = organisations::store::by_ids(&*writing, &cx.viewer, vec![id]).await?.remove(&id);
    let own = own.ok_or_else(|| no_organisation(Why::NotFound))?;
    cx.authorise(&Action::EditNewsletter(id))?;
    let mut findings = create.edit.findings;
    let name = findings.take("name", create.edit.name.over_required(String::new()));
    let visibility = create.edit.visibility.over(None).unwrap_or(Visibility::Public);
    if !may_be_for(visibility) {
        findings.refuse(&["visibility"], Why::Invalid(Expected::Choice));
    }
    let Some(name) = name.filter(|_| findings.is_empty()) else { return Err(findings.into()) };
    let otherwise: Slug = "newsletter".parse().map_err(|_| Refused::NotFound)?;
    let slug = match create.slug {
        Some(slug) => slug,
        None => write::free_slug::<newsletter::Entity>(&*writing, newsletter::Column::Slug, &name, otherwise).await?,
    };
    let row = newsletter::Model {
        id: cx.app.new_id(),
        revision: 1,
        slug: slug.to_string(),
        organisation_id: own.id,
        name,
        description: create.edit.description.over(None).unwrap_or_default(),
        visibility,
        reply_to: create.edit.reply_to.over(None),
        created_at: cx.now(),
        updated_at: cx.now(),
    };
    write::insert(&*writing, row.clone()).await.map_err(|error| unique::taken(error, &["input", "slug"]))?;
    audit::ops::record(cx, &writing, Deed::NewsletterCreate, Subject::Newsletter(row.id), &row.name, Changes::none()).await?;
    writing.commit().await?;
    Ok(row)
}
