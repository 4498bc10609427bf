//! Changing a newsletter.

use entity::id::NewsletterId;
use entity::newsletter;

use super::edit::{Edit, may_be_for};
use crate::access::Action;
use crate::app::Cx;
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::kernel::refusal::Expected;
use crate::kernel::{Fault, Refused, Why, revision};
use crate::newsletter::store::write;

/// Changes a newsletter. Its address stays: it stands in every mail.
///
/// # Errors
/// [`Refused::NotFound`] for what the viewer does not see, [`Refused::Forbidden`] for what is not theirs; refusals of what was given,
/// all at once.
pub async fn change(cx: &Cx, id: NewsletterId, expected_revision: Option<i32>, edit: Edit) -> Result<newsletter::Model, Fault> {
    let writing = cx.begin_write().await?;
    let before = write::locked(&writing, &cx.viewer, id).await?.ok_or(Refused::NotFound)?;
    cx.authorise(&Action::EditNewsletter(before.organisation_id))?;
    revision::check(before.revision, expected_revision)?;
    let mut findings = edit.findings;
    let name = findings.take("name", edit.name.over_required(before.name.clone()));
    let visibility = findings.take("visibility", edit.visibility.over_required(before.visibility));
    if visibility.is_some_and(|visibility| !may_be_for(visibility)) {
        findings.refuse(&["visibility"], Why::Invalid(Expected::Choice));
    }
    let (Some(name), Some(visibility), true) = (name, visibility, findings.is_empty()) else { return Err(findings.into()) };
    let row = newsletter::Model {
        revision: before.revision + 1,
        name,
        description: edit.description.over(Some(before.description.clone())).unwrap_or_default(),
        visibility,
        reply_to: edit.reply_to.over(before.reply_to.clone()),
        updated_at: cx.now(),
        ..before.clone()
    };
    write::update(&*writing, &row).await?;
    let changes = Changes::none().field("name", &before.name, &row.name).field("visibility", &before.visibility, &row.visibility);
    let changes = changes.text("description", &before.description, &row.description).text("replyTo", &before.reply_to, &row.reply_to);
    audit::ops::record(cx, &writing, Deed::NewsletterUpdate, Subject::Newsletter(id), &row.name, changes).await?;
    writing.commit().await?;
    Ok(row)
}
