//! Beginning, changing and deleting an issue that nobody has yet.

use entity::id::{NewsletterId, NewsletterIssueId};
use entity::words::{NewsletterIssueStatus, Visibility};
use entity::{newsletter, newsletter_issue};

use super::cards;
use super::check::{check, refuse_flaws};
use super::standing::{Standing, to_edit};
use crate::access::Action;
use crate::app::{Cx, Writing};
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::db::unique;
use crate::kernel::refusal::Expected;
use crate::kernel::{Fault, Findings, Refusal, Refused, Slug, Why, revision};
use crate::live::Change;
use crate::newsletter::rules::way::{can_be_changed, can_be_deleted, is_as_narrow};
use crate::newsletter::store::write::{self, NewIssue, NewText};

/// What an issue is to be. What could not be read is noted in the findings.
#[derive(Debug)]
pub struct Edit {
    /// What it says, the original first.
    pub texts: Vec<NewText>,
    /// Readable part of its address.
    pub slug: Option<Slug>,
    /// For whom.
    pub visibility: Option<Visibility>,
    /// What is wrong already.
    pub findings: Findings,
}

impl Edit {
    /// For whom it is, unless something is wrong with it.
    fn checked(mut self, newsletter: &newsletter::Model, otherwise: Visibility) -> Result<(Vec<NewText>, Option<Slug>, Visibility), Fault> {
        let visibility = self.visibility.unwrap_or(otherwise);
        if !is_as_narrow(visibility, newsletter.visibility) || visibility == Visibility::Hosts {
            self.findings.refuse(&["visibility"], Why::Invalid(Expected::AsNarrow));
        }
        // Texts that were refused are there, too.
        if self.texts.is_empty() && self.findings.is_empty() {
            self.findings.refuse(&["texts"], Why::Required);
        }
        self.findings.or_refuse()?;
        Ok((self.texts, self.slug, visibility))
    }
}

/// Begins an issue, as a draft.
///
/// # Errors
/// [`Refused::NotFound`] for a newsletter that the viewer does not see, [`Refused::Forbidden`] for one that is not theirs; refusals of
/// what was given, all at once.
pub async fn create(cx: &Cx, newsletter: NewsletterId, edit: Edit) -> Result<newsletter_issue::Model, Fault> {
    let writing = cx.begin_write().await?;
    let newsletter = write::locked(&writing, &cx.viewer, newsletter).await?.ok_or(Refused::NotFound)?;
    cx.authorise(&Action::EditNewsletter(newsletter.organisation_id))?;
    let (texts, slug, visibility) = edit.checked(&newsletter, newsletter.visibility)?;
    insert(cx, writing, Deed::NewsletterIssueCreate, &newsletter, (slug, visibility, &texts)).await
}

/// Writes a draft.
pub(super) async fn insert(
    cx: &Cx,
    writing: Writing,
    deed: Deed,
    newsletter: &newsletter::Model,
    (slug, visibility, texts): (Option<Slug>, Visibility, &[NewText]),
) -> Result<newsletter_issue::Model, Fault> {
    let subject = texts.first().map_or("", |text| text.subject.as_str());
    let slug = match slug {
        Some(slug) => slug,
        None => {
            let otherwise: Slug = newsletter.slug.parse().map_err(|_| Refused::NotFound)?;
            write::free_slug::<newsletter_issue::Entity>(&*writing, newsletter_issue::Column::Slug, subject, otherwise).await?
        }
    };
    let new = NewIssue { newsletter_id: newsletter.id, slug: slug.as_str(), visibility, texts };
    let row = write::insert_issue(&*writing, cx.app.new_id(), &new, cx.now()).await;
    let row = row.map_err(|error| unique::taken(error, &["input", "slug"]))?;
    cards::fill(&cx.app, &writing, &Standing::of(&*writing, row.clone()).await?).await?;
    audit::ops::record(cx, &writing, deed, Subject::NewsletterIssue(row.id), subject, Changes::none()).await?;
    writing.commit().await?;
    Ok(row)
}

/// Changes an issue that nobody has yet: its texts become those that are given. One that waits for its moment goes on waiting, and so
/// must be in order.
///
/// # Errors
/// What [`to_edit`] refuses; [`Why::WrongState`] for what went out; refusals of what was given, all at once.
pub async fn update(cx: &Cx, id: NewsletterIssueId, expected_revision: Option<i32>, edit: Edit) -> Result<newsletter_issue::Model, Fault> {
    let writing = cx.begin_write().await?;
    let before = to_edit(cx, &writing, id).await?;
    revision::check(before.row.revision, expected_revision)?;
    if !can_be_changed(before.row.status, before.row.started_at) {
        return Err(Refusal::of_state(Why::WrongState).into());
    }
    let (texts, slug, visibility) = edit.checked(&before.newsletter, before.row.visibility)?;
    let row = newsletter_issue::Model {
        revision: before.row.revision + 1,
        slug: slug.map_or_else(|| before.row.slug.clone(), |slug| slug.to_string()),
        visibility,
        original_locale: texts.first().map_or_else(|| before.row.original_locale.clone(), |text| text.locale.to_string()),
        updated_at: cx.now(),
        ..before.row.clone()
    };
    write::update_issue(&*writing, &row).await.map_err(|error| unique::taken(error, &["input", "slug"]))?;
    write::replace_texts(&*writing, id, &texts).await?;
    let after = Standing::of(&*writing, row.clone()).await?;
    cards::fill(&cx.app, &writing, &after).await?;
    if row.status == NewsletterIssueStatus::Scheduled {
        refuse_flaws(&check(&cx.app, &*writing, &after).await?)?;
    }
    let locales = |standing: &Standing| standing.texts.iter().map(|text| text.locale.clone()).collect::<Vec<_>>();
    let said = |standing: &Standing| {
        let parts = standing.texts.iter().map(|text| (text.subject.clone(), text.preheader.clone(), text.body_markdown.clone()));
        parts.collect::<Vec<_>>()
    };
    let changes = Changes::none()
        .field("slug", &before.row.slug, &row.slug)
        .field("visibility", &before.row.visibility, &row.visibility)
        .field("locales", &locales(&before), &locales(&after))
        .text("texts", &said(&before), &said(&after));
    audit::ops::record(cx, &writing, Deed::NewsletterIssueUpdate, Subject::NewsletterIssue(id), after.subject(), changes).await?;
    writing.announce(Change::Issue { issue: id });
    writing.commit().await?;
    Ok(row)
}

/// Deletes an issue that nobody got.
///
/// # Errors
/// What [`to_edit`] refuses; [`Why::WrongState`] for what went out, or waits to.
pub async fn delete(cx: &Cx, id: NewsletterIssueId) -> Result<(), Fault> {
    let writing = cx.begin_write().await?;
    let standing = to_edit(cx, &writing, id).await?;
    if !can_be_deleted(standing.row.status, standing.row.started_at) {
        return Err(Refusal::of_state(Why::WrongState).into());
    }
    write::delete_issue(&*writing, id).await?;
    let deed = Deed::NewsletterIssueDelete;
    audit::ops::record(cx, &writing, deed, Subject::NewsletterIssue(id), standing.subject(), Changes::none()).await?;
    Ok(writing.commit().await?)
}
