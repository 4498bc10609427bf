//! Applying for membership.

use chrono::TimeDelta;
use entity::membership_application;
use entity::words::{MembershipDecision, OrganisationKind};

use crate::app::{Cx, Writing};
use crate::db::unique;
use crate::kernel::{EmailAddress, Fault, Findings, PartialDate, PersonName, Refusal, Slug, WebAddress, Why};
use crate::memberships::jobs::{News, Tell};
use crate::memberships::rules::{COST, MAILS, open_application, present};
use crate::memberships::store;
use crate::organisations::store::write::{self, NewAddress, NewMembership, NewOrganisation, SLUGGED};
use crate::organisations::store::{membership, network};

/// What somebody writes who applies for their organisation. What could not be read is noted in the findings.
#[derive(Debug)]
pub struct Apply {
    /// How the organisation is called.
    pub name: Option<String>,
    /// Its legal form.
    pub legal_form: Option<String>,
    /// Its own site.
    pub website: Option<WebAddress>,
    /// Who writes.
    pub contact_name: Option<PersonName>,
    /// Where they are written to.
    pub email: Option<EmailAddress>,
    /// Where they are called.
    pub phone: Option<String>,
    /// Why they would like to belong to the network.
    pub statement: Option<String>,
    /// What is wrong already.
    pub findings: Findings,
}

/// Applies for membership: of an organisation that is known by its name, else of a new one, which nobody but the office sees. Nothing in
/// the answer tells whether somebody applied for it before.
///
/// # Errors
/// Refusals of what was given, all at once; [`Why::Taken`] for the name of a member; [`crate::kernel::Refused::RateLimited`] for a client
/// that asks too much.
pub async fn apply(cx: &Cx, apply: Apply) -> Result<(), Fault> {
    cx.slow_down(COST)?;
    apply.findings.or_refuse()?;
    let (Some(name), Some(contact), Some(email), Some(statement)) = (apply.name, apply.contact_name, apply.email, apply.statement) else {
        return Err(Fault::Broken("what was not refused is there".to_owned()));
    };
    let (now, writing) = (cx.now(), cx.begin_write().await?);
    // Who applies at the same moment waits here, so that nobody is refused for a name that another just took.
    network::locked(&writing).await?;
    let known = match store::known_by_name(&*writing, &name).await? {
        Some(known) => Some((known.id, membership::of(&*writing, vec![known.id]).await?.remove(&known.id).unwrap_or_default())),
        None => None,
    };
    if known.as_ref().is_some_and(|(_, memberships)| present(memberships, cx.today()).is_some()) {
        return Err(Refusal::at(&["input", "organisationName"], Why::Taken).into());
    }
    let id = match known.filter(|(_, memberships)| open_application(memberships).is_none()) {
        Some((id, _)) => id,
        None => enter(cx, &writing, name, apply.legal_form, apply.website).await?,
    };
    let today: Option<PartialDate> = cx.today().to_string().parse().ok();
    let applied =
        NewMembership { decision: MembershipDecision::Applied, applied_on: today, joined_on: None, left_on: None, is_founding: false };
    let membership_id = write::insert_membership(&*writing, &cx.app, id, &applied).await?;
    let email = email.as_str().to_lowercase();
    let is_told = store::count_since(&*writing, &email, now - TimeDelta::days(1)).await? < MAILS;
    let written = membership_application::Model {
        membership_id,
        contact_name: contact.to_string(),
        email,
        phone: apply.phone,
        statement,
        locale: cx.wanted.first().to_string(),
        reason: None,
        created_at: now,
        decided_at: None,
    };
    store::insert_application(&*writing, written).await?;
    if is_told {
        writing.later(&Tell { membership: membership_id, news: News::Received }).await?;
    }
    Ok(writing.commit().await?)
}

/// An organisation of which nothing is known but what its applicant says.
async fn enter(
    cx: &Cx,
    writing: &Writing,
    name: String,
    legal_form: Option<String>,
    website: Option<WebAddress>,
) -> Result<entity::id::OrganisationId, Fault> {
    let otherwise: Slug = "organisation".parse().map_err(|_| Fault::Broken("a slug".to_owned()))?;
    let new = NewOrganisation {
        slug: SLUGGED.free_for(&**writing, &name, otherwise).await?,
        name,
        short_name: None,
        aliases: Vec::new(),
        kind: OrganisationKind::Member,
        legal_form,
        original_locale: cx.wanted.first(),
        texts: Vec::new(),
        languages: Vec::new(),
        tags: Vec::new(),
        website,
        email: None,
        phone: None,
        address: NewAddress::default(),
        address_is_public: false,
        location: None,
        founded_on: None,
        logo_id: None,
        publishes_without_review: false,
        sources: Vec::new(),
    };
    write::insert(&**writing, &cx.app, &new).await.map_err(|error| unique::taken(error, &["input", "organisationName"]))
}
