//! What every use case of an issue begins and ends with.

use entity::id::NewsletterIssueId;
use entity::{newsletter, newsletter_issue, newsletter_issue_text};
use sea_orm::ConnectionTrait;

use crate::access::Action;
use crate::app::{Cx, Writing};
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::kernel::{Fault, Refused};
use crate::live::Change;
use crate::newsletter::store::{self, parts, write};

/// An issue with what it belongs to, and what it says.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Its row.
    pub row: newsletter_issue::Model,
    /// Its newsletter.
    pub newsletter: newsletter::Model,
    /// Its texts.
    pub texts: Vec<newsletter_issue_text::Model>,
}

impl Standing {
    /// What belongs to a row.
    pub async fn of(db: &impl ConnectionTrait, row: newsletter_issue::Model) -> Result<Self, Fault> {
        let newsletter = parts::read_ones(db, vec![row.newsletter_id]).await?.remove(&row.newsletter_id).ok_or(Refused::NotFound)?;
        let texts = parts::texts(db, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
        Ok(Self { row, newsletter, texts })
    }

    /// How it is called: by the subject of its original.
    pub fn subject(&self) -> &str {
        self.texts.iter().find(|text| text.locale == self.row.original_locale).map_or("", |text| text.subject.as_str())
    }
}

/// An issue that the viewer may edit, as it is now.
///
/// # Errors
/// [`Refused::NotFound`] for what the viewer does not see, [`Refused::Forbidden`] for what is not theirs.
pub async fn seen(cx: &Cx, id: NewsletterIssueId) -> Result<Standing, Fault> {
    let row = store::issues_by_ids(cx.db(), &cx.viewer, vec![id]).await?.remove(&id).ok_or(Refused::NotFound)?;
    let standing = Standing::of(cx.db(), row).await?;
    cx.authorise(&Action::EditNewsletter(standing.newsletter.organisation_id))?;
    Ok(standing)
}

/// An issue that the viewer may edit, and nobody else changes meanwhile.
///
/// # Errors
/// As [`seen`].
pub async fn to_edit(cx: &Cx, writing: &Writing, id: NewsletterIssueId) -> Result<Standing, Fault> {
    let row = write::issue_locked(writing, &cx.viewer, id).await?.ok_or(Refused::NotFound)?;
    let standing = Standing::of(&**writing, row).await?;
    cx.authorise(&Action::EditNewsletter(standing.newsletter.organisation_id))?;
    Ok(standing)
}

/// Writes how an issue stands now, notes it, and tells who watches.
pub async fn finish(
    cx: &Cx,
    writing: Writing,
    deed: Deed,
    before: &Standing,
    row: newsletter_issue::Model,
) -> Result<newsletter_issue::Model, Fault> {
    let row = newsletter_issue::Model { revision: before.row.revision + 1, updated_at: cx.now(), ..row };
    write::update_issue(&*writing, &row).await?;
    note(cx, &writing, deed, before, &row).await?;
    writing.commit().await?;
    Ok(row)
}

/// Notes what became of an issue, and tells who watches.
pub async fn note(cx: &Cx, writing: &Writing, deed: Deed, before: &Standing, row: &newsletter_issue::Model) -> Result<(), Fault> {
    let changes = Changes::none().field("status", &before.row.status, &row.status);
    let changes = changes.field("scheduledFor", &before.row.scheduled_for, &row.scheduled_for);
    audit::ops::record(cx, writing, deed, Subject::NewsletterIssue(row.id), before.subject(), changes).await?;
    writing.announce(Change::Issue { issue: row.id });
    Ok(())
}
