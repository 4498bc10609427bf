//! The issues of a newsletter that went out to everybody, before they are written in a format of feeds. Nothing in it is of any reader.

use entity::words::{NewsletterIssueStatus, Visibility};
use entity::{newsletter_issue, newsletter_issue_text};

use super::latest::{Entry, Latest, MOST, Scope};
use crate::access::Viewer;
use crate::app::App;
use crate::kernel::{Fault, PageRequest, Refused};
use crate::newsletter::store::{self, parts};
use crate::organisations;

/// The latest issues of a newsletter.
///
/// # Errors
/// [`Refused::NotFound`] for one that there is not, or that is not for everybody.
pub async fn of_newsletter(app: &App, slug: &str, scope: &Scope) -> Result<Latest, Fault> {
    let newsletter = store::by_slug(&app.db, &Viewer::Visitor, slug).await?;
    let newsletter = newsletter.filter(|newsletter| newsletter.visibility == Visibility::Public).ok_or(Refused::NotFound)?;
    let whose = organisations::store::by_ids(&app.db, &Viewer::Visitor, vec![newsletter.organisation_id]).await?;
    let whose = whose.into_values().next().ok_or(Refused::NotFound)?;
    let found = store::issues(&app.db, &Viewer::Visitor, newsletter.id, &PageRequest::first(MOST), false).await?;
    let public = |issue: &newsletter_issue::Model| {
        issue.visibility == Visibility::Public && matches!(issue.status, NewsletterIssueStatus::Sending | NewsletterIssueStatus::Sent)
    };
    let issues: Vec<_> = found.items.into_iter().map(|(_, issue)| issue).filter(public).collect();
    let mut texts = parts::texts(&app.db, issues.iter().map(|issue| issue.id).collect()).await?;
    let changed = issues.iter().map(|issue| issue.updated_at).max();
    let entry = |issue: newsletter_issue::Model| {
        let texts: Vec<newsletter_issue_text::Model> = texts.remove(&issue.id).unwrap_or_default();
        let text = scope.choose(&issue.original_locale, &texts, |text| &text.locale)?;
        Some(Entry {
            id: format!("urn:uuid:{}", issue.id.0),
            page: app.url(&format!("/issues/{}", issue.slug)),
            title: text.subject.clone(),
            html: text.body_html.clone(),
            teaser: text.preheader.clone().unwrap_or_default(),
            locale: text.locale.clone(),
            published_at: issue.started_at?,
            updated_at: issue.started_at?,
            authors: vec![whose.name.clone()],
            topics: Vec::new(),
            picture: None,
            recording: None,
        })
    };
    Ok(Latest {
        title: newsletter.name.clone(),
        page: app.url(&format!("/newsletters/{}", newsletter.slug)),
        at: (app.url(&format!("/newsletters/{}/issues", newsletter.slug)), scope.query()),
        locale: scope.locale.as_ref().map_or_else(|| whose.original_locale.clone(), |locale| locale.as_str().to_owned()),
        publisher: whose.name.clone(),
        icon: None,
        last_modified: changed.map_or(newsletter.updated_at, |changed| changed.max(newsletter.updated_at)),
        entries: issues.into_iter().filter_map(entry).collect(),
    })
}
