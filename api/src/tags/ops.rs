//! Changing a tag. The office does it: whoever writes makes new ones by naming them.

use entity::id::TagId;
use entity::tag;

use super::jobs::Renamed;
use super::store::{self, write};
use crate::access::Action;
use crate::app::Cx;
use crate::audit::ops::record;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::kernel::{Fault, Findings, Patch, Refused, Slug, Why};

/// What becomes of a tag. What could not be read is noted in the findings.
#[derive(Debug)]
pub struct Edit {
    /// Name to show.
    pub name: Patch<String>,
    /// Its name in addresses.
    pub slug: Patch<Slug>,
    /// What is wrong already.
    pub findings: Findings,
}

/// Changes a tag. Its present slug leads to it for ever.
///
/// # Errors
/// [`Refused::NotFound`], [`Refused::Forbidden`] to others than the office; refusals of what was given, all at once.
pub async fn update(cx: &Cx, id: TagId, edit: Edit) -> Result<tag::Model, Fault> {
    let writing = cx.begin_write().await?;
    let old = store::locked(&writing, vec![id]).await?.remove(&id).ok_or(Refused::NotFound)?;
    cx.authorise(&Action::AdministerTags)?;
    let Edit { name, slug, mut findings } = edit;
    let name = findings.take("name", name.over_required(old.name.clone())).unwrap_or_default();
    let present: Slug = old.slug.parse().map_err(|_| Fault::Broken(format!("`{}` is no slug", old.slug)))?;
    let slug = findings.take("slug", slug.over_required(present)).map(|slug| slug.to_string()).unwrap_or_default();
    if store::others(&*writing, id).await?.iter().any(|other| other.slug == slug && other.merged_into != Some(id)) {
        findings.refuse(&["slug"], Why::Taken);
    }
    findings.or_refuse()?;
    let new = tag::Model { name, slug, ..old.clone() };
    write::rename(&*writing, &cx.app, &old, &new).await?;
    if old != new {
        writing.later(&Renamed { tag: id }).await?;
    }
    let changes = Changes::none().field("name", &old.name, &new.name).field("slug", &old.slug, &new.slug);
    record(cx, &writing, Deed::TagUpdate, Subject::Tag(id), &new.name, changes).await?;
    writing.commit().await?;
    Ok(new)
}
