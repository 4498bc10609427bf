//! Looking at an issue as its readers get it.

use entity::newsletter_issue;

use super::check::check;
use super::standing::Standing;
use crate::access::Action;
use crate::app::Cx;
use crate::kernel::{Fault, Refused};
use crate::mail::Written;
use crate::newsletter::mail::Edition;
use crate::newsletter::rules::flaw::{CLIPPED, Flaw};

/// What a reader of a language gets, and what is wrong with it.
///
/// # Errors
/// [`Refused::Forbidden`] to others than its editors; [`Refused::NotFound`] where it says nothing.
pub async fn preview(cx: &Cx, row: &newsletter_issue::Model, locale: &str) -> Result<(Written, Vec<Flaw>), Fault> {
    let issue = Standing::of(cx.db(), row.clone()).await?;
    cx.authorise(&Action::EditNewsletter(issue.newsletter.organisation_id))?;
    let edition = Edition::load(&cx.app, row.clone()).await.map_err(|failed| Fault::Broken(failed.text().to_owned()))?;
    let written = edition.as_ref().and_then(|edition| edition.preview(locale)).ok_or(Refused::NotFound)?;
    let mut flaws = check(&cx.app, cx.db(), &issue).await?.remove(&written.locale.to_string()).unwrap_or_default();
    if written.html.len() > CLIPPED {
        flaws.push(Flaw::Large(written.html.len()));
    }
    Ok((written, flaws))
}
