//! Beginning a post: as a draft.

use entity::id::OrganisationId;
use entity::post;
use entity::words::{PostKind, PostStatus};

use super::edit::Edit;
use super::named;
use crate::access::Action;
use crate::app::Cx;
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::db::unique;
use crate::kernel::{Fault, Locale, Refusal, Refused, Slug, Why};
use crate::posts::store::write::{self, NewPost, SLUGGED};
use crate::{organisations, posts, tags};

/// Begins a post, as a draft of an organisation.
///
/// # Errors
/// [`Why::NotFound`] for an organisation that the viewer does not see, [`Refused::Forbidden`] where they do not edit for it; refusals of
/// what was given, all at once.
pub async fn create(cx: &Cx, organisation: Result<OrganisationId, Why>, mut edit: Edit) -> Result<post::Model, Fault> {
    cx.authorise(&Action::UseAccount)?;
    let writing = cx.begin_write().await?;
    let no_organisation = |why| Refusal::at(&["input", "organisationId"], why);
    let id = organisation.map_err(no_organisation)?;
    let own = organisations::store::by_ids(&*writing, &cx.viewer, vec![id]).await?.remove(&id);
    let own = own.ok_or_else(|| no_organisation(Why::NotFound))?;
    cx.authorise(&Action::CreatePost(id))?;
    let (has_slug, names) = (!edit.slug.keeps(), std::mem::take(&mut edit.tags));
    let otherwise: Slug = "beitrag".parse().map_err(|_| Refused::NotFound)?;
    let mut new = edit.apply(empty(id, otherwise.clone(), &own.name), &own.name);
    if !has_slug {
        let title = new.texts.iter().find(|text| text.locale == new.original_locale).map_or("", |text| text.title.as_str());
        new.slug = SLUGGED.free_for(&*writing, title, otherwise).await?;
    }
    named::check(cx, &writing, (&new, None), None, &mut edit.findings).await?;
    edit.findings.or_refuse()?;
    new.tags = tags::store::write::of_names(&*writing, &cx.app, &names.over_list(Vec::new())).await?;
    let id = write::insert(&*writing, &cx.app, &new).await.map_err(|error| unique::taken(error, &["input", "slug"]))?;
    let made = posts::store::locked(&writing, &cx.viewer, id).await?.ok_or(Refused::NotFound)?;
    let title = new.texts.first().map_or("", |text| text.title.as_str());
    audit::ops::record(cx, &writing, Deed::PostCreate, Subject::Post(id), title, Changes::none()).await?;
    writing.commit().await?;
    Ok(made)
}

/// What a first change is applied to: nothing is known of it.
fn empty(organisation_id: OrganisationId, slug: Slug, byline: &str) -> NewPost {
    NewPost {
        slug,
        kind: PostKind::News,
        status: PostStatus::Draft,
        organisation_id,
        programme_id: None,
        original_locale: Locale::german(),
        texts: Vec::new(),
        byline: byline.to_owned(),
        reading_minutes: None,
        contributors: Vec::new(),
        sources: Vec::new(),
        published_at: None,
        scheduled_for: None,
        mentions: Vec::new(),
        events: Vec::new(),
        cover_id: None,
        audio_id: None,
        tags: Vec::new(),
    }
}
