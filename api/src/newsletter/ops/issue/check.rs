//! What is wrong with an issue, before anybody gets it.

use std::collections::{BTreeMap, BTreeSet};

use entity::words::Visibility;
use sea_orm::ConnectionTrait;

use super::standing::Standing;
use crate::access::{SignedIn, Viewer};
use crate::app::App;
use crate::kernel::{Fault, Findings};
use crate::newsletter::rules::flaw::{self, Flaw, LINKS, Page};
use crate::newsletter::store;
use crate::{events, organisations, posts, programmes};

/// What is wrong with an issue, language by language.
pub type Found = BTreeMap<String, Vec<Flaw>>;

/// Checks an issue as its readers will see it.
///
/// # Errors
/// Where the database fails.
pub async fn check(app: &App, db: &impl ConnectionTrait, issue: &Standing) -> Result<Found, Fault> {
    let reader = reader_of(issue.row.visibility);
    let mut found = Found::new();
    let mut led: BTreeMap<Page, Option<Leads>> = BTreeMap::new();
    for text in &issue.texts {
        let flaws = found.entry(text.locale.clone()).or_default();
        flaws.extend(flaw::of_text(&text.body_markdown));
        for (address, page) in flaw::pages(&text.body_markdown, &app.config.public_url) {
            let leads = match led.get(&page) {
                Some(leads) => *leads,
                None if led.len() >= LINKS => {
                    flaws.push(Flaw::TooManyLinks);
                    break;
                }
                None => {
                    let leads = leads(db, &reader, &page).await?;
                    led.insert(page, leads);
                    leads
                }
            };
            match leads {
                Some(Leads::There) => {}
                Some(Leads::ToMembers) => flaws.push(Flaw::ForMembers(address)),
                None => flaws.push(Flaw::Nowhere(address)),
            }
        }
    }
    Ok(found)
}

/// Goes on where nothing grave was found.
///
/// # Errors
/// Each kind of what is wrong once, with the language at fault.
pub fn refuse_flaws(found: &Found) -> Result<(), Fault> {
    let mut findings = Findings::of_input();
    for (locale, flaws) in found {
        let mut told = BTreeSet::new();
        for flaw in flaws.iter().filter(|flaw| flaw.is_grave()) {
            if told.insert(format!("{:?}", flaw.why())) {
                findings.refuse(&["texts", locale], flaw.why());
            }
        }
    }
    findings.or_refuse()
}

/// Whoever reads an issue of this visibility: anybody, or anybody of a member.
pub(super) fn reader_of(visibility: Visibility) -> Viewer {
    match visibility {
        Visibility::Members => Viewer::Person(SignedIn::any_member()),
        Visibility::Public | Visibility::Unlisted | Visibility::Hosts => Viewer::Visitor,
    }
}

/// Where a link leads.
#[derive(Clone, Copy, Debug)]
enum Leads {
    There,
    ToMembers,
}

async fn leads(db: &impl ConnectionTrait, reader: &Viewer, page: &Page) -> Result<Option<Leads>, Fault> {
    if exists(db, reader, page).await? {
        return Ok(Some(Leads::There));
    }
    let member = Viewer::Person(SignedIn::any_member());
    Ok(exists(db, &member, page).await?.then_some(Leads::ToMembers))
}

async fn exists(db: &impl ConnectionTrait, viewer: &Viewer, page: &Page) -> Result<bool, Fault> {
    Ok(match page {
        Page::Event(slug) => events::store::by_slug(db, viewer, slug.as_str()).await?.is_some(),
        Page::Post(slug) => posts::store::by_slug(db, viewer, slug.as_str()).await?.is_some(),
        Page::Organisation(slug) => organisations::store::by_slug(db, viewer, slug.as_str()).await?.is_some(),
        Page::Programme(slug) => programmes::store::by_slug(db, slug.as_str()).await?.is_some(),
        Page::Newsletter(slug) => store::by_slug(db, viewer, slug.as_str()).await?.is_some(),
        Page::Issue(slug) => store::issue_by_slug(db, viewer, slug.as_str()).await?.is_some(),
        Page::Unknown => false,
    })
}
