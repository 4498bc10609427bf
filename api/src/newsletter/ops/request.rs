//! Asking for newsletters.

use entity::id::NewsletterId;
use entity::words::{ConsentChannel, ConsentStep, SubscriptionStatus};
use entity::{newsletter, newsletter_subscription, subscriber};

use super::ask;
use crate::app::{Cx, Writing};
use crate::kernel::{EmailAddress, Fault, Findings, Locale, PersonName, Why};
use crate::newsletter::jobs::AskToConfirm;
use crate::newsletter::store::{self, readers};
use crate::newsletter::wording::Wording;

/// Who asks for what. What could not be read is noted in the findings.
#[derive(Debug)]
pub struct Request {
    /// For which newsletters; none where an id was none.
    pub newsletters: Vec<Option<NewsletterId>>,
    /// For which address.
    pub email: Option<EmailAddress>,
    /// How the reader is called.
    pub name: Option<PersonName>,
    /// In which language they are written to.
    pub locale: Locale,
    /// What is wrong already.
    pub findings: Findings,
}

/// What asking costs a client: a house or an office asks for fifteen at once, and one every three minutes from then on.
const COST: u32 = 200;

/// Asks for newsletters for an address. It gets one mail to confirm, and nothing else until it does; one that gets them already
/// is told so. Nothing in the answer depends on whether the address is known.
///
/// # Errors
/// [`crate::kernel::Refused::RateLimited`]; refusals of what was given.
pub async fn request(cx: &Cx, request: Request) -> Result<(), Fault> {
    cx.slow_down(COST)?;
    let mut findings = request.findings;
    let ids: Vec<NewsletterId> = request.newsletters.iter().copied().flatten().collect();
    let known = store::by_ids(cx.db(), &cx.viewer, ids.clone()).await?;
    if request.newsletters.is_empty() {
        findings.refuse(&["newsletterIds"], Why::Required);
    }
    for (at, id) in request.newsletters.iter().enumerate() {
        if id.is_none_or(|id| !known.contains_key(&id)) {
            findings.refuse(&["newsletterIds", &at.to_string()], Why::NotFound);
        }
    }
    let Some(email) = request.email.filter(|_| findings.is_empty()) else { return Err(findings.into()) };
    let email = email.as_str().to_lowercase();
    let writing = cx.begin_write().await?;
    let new = subscriber::Model {
        id: cx.app.new_id(),
        email,
        name: None,
        locale: request.locale.to_string(),
        secret_version: 0,
        confirm_version: 0,
        asked_at: None,
        created_at: cx.now(),
        updated_at: cx.now(),
    };
    let mut reader = readers::lock_or_make(&writing, new).await?;
    let subscriptions = readers::subscriptions(&*writing, reader.id).await?;
    // Who is a reader already changes by their own link how they are called: anybody may have typed this address.
    if !subscriptions.iter().any(|one| one.status == SubscriptionStatus::Confirmed) {
        (reader.name, reader.locale) = (request.name.map(|name| name.to_string()), request.locale.to_string());
        reader.updated_at = cx.now();
        readers::write_reader(&*writing, &reader).await?;
    }
    for newsletter in known.values() {
        note(cx, &writing, &reader, newsletter, subscriptions.iter().find(|one| one.newsletter_id == newsletter.id)).await?;
    }
    writing.later_once(&ask::key(reader.id), &AskToConfirm { subscriber: reader.id, was_put_off: false }).await?;
    Ok(writing.commit().await?)
}

async fn note(
    cx: &Cx,
    writing: &Writing,
    reader: &subscriber::Model,
    newsletter: &newsletter::Model,
    known: Option<&newsletter_subscription::Model>,
) -> Result<(), Fault> {
    if known.is_some_and(|one| matches!(one.status, SubscriptionStatus::Confirmed | SubscriptionStatus::Suppressed)) {
        return Ok(());
    }
    let (now, spoken) = (cx.now(), cx.spoken());
    let row = newsletter_subscription::Model {
        id: known.map_or_else(|| cx.app.new_id(), |one| one.id),
        newsletter_id: newsletter.id,
        subscriber_id: reader.id,
        status: SubscriptionStatus::Pending,
        requested_at: now,
        confirmed_at: known.and_then(|one| one.confirmed_at),
        ended_at: known.and_then(|one| one.ended_at),
    };
    readers::write_subscription(&**writing, row).await?;
    let wording = readers::wording(&**writing, cx.app.new_id(), &Wording::for_reader(&spoken), now).await?;
    let step = (ConsentStep::Requested, ConsentChannel::Form);
    Ok(readers::note_consent(&**writing, cx.app.new_id(), (reader.id, newsletter.id), step, Some(wording), now).await?)
}
