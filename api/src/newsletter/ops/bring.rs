//! Readers that a list elsewhere had: they agreed there, and how they did is told with the list.

use chrono::{DateTime, Utc};
use entity::id::NewsletterId;
use entity::words::{ConsentChannel, ConsentStep, SubscriptionStatus};
use entity::{newsletter_subscription, subscriber};

use crate::app::{Cx, Writing};
use crate::kernel::{EmailAddress, Fault, Locale, PersonName};
use crate::newsletter::store::readers;
use crate::newsletter::wording::Wording;

/// A reader that a list elsewhere had.
#[derive(Clone, Debug)]
pub struct Brought {
    /// Where they are written to.
    pub email: EmailAddress,
    /// How they are called.
    pub name: Option<PersonName>,
    /// In which language they are written to.
    pub locale: Locale,
    /// When they agreed; now where nobody knows.
    pub agreed_at: Option<DateTime<Utc>>,
}

/// What became of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// A reader of this newsletter.
    Reader,
    /// What they were: a reader of it.
    Unchanged,
    /// Nothing: they left it here, and stay away until they ask for it themselves.
    Left,
    /// Nothing: their address bounced, or they complained.
    Suppressed,
}

/// Makes somebody a reader of a newsletter who had agreed to it elsewhere. What is known here of their own doing counts more: who left stays
/// away, and who reads something already is called as they are.
///
/// # Errors
/// Where the database fails.
pub async fn bring(cx: &Cx, writing: &Writing, newsletter: NewsletterId, brought: Brought, basis: &Wording) -> Result<Became, Fault> {
    let email = brought.email.as_str().to_lowercase();
    if readers::is_suppressed(&**writing, &cx.app.links.keyed_hash("address", &email)).await? {
        return Ok(Became::Suppressed);
    }
    let now = cx.now();
    let new = subscriber::Model {
        id: cx.app.new_id(),
        email,
        name: brought.name.map(|name| name.to_string()),
        locale: brought.locale.to_string(),
        secret_version: 0,
        confirm_version: 0,
        asked_at: None,
        created_at: now,
        updated_at: now,
    };
    let reader = readers::lock_or_make(writing, new).await?;
    let known = readers::subscriptions(&**writing, reader.id).await?.into_iter().find(|one| one.newsletter_id == newsletter);
    match known.as_ref().map(|one| one.status) {
        Some(SubscriptionStatus::Confirmed) => return Ok(Became::Unchanged),
        Some(SubscriptionStatus::Ended) => return Ok(Became::Left),
        Some(SubscriptionStatus::Suppressed) => return Ok(Became::Suppressed),
        Some(SubscriptionStatus::Pending) | None => {}
    }
    // Who left and asked again has not said yes yet.
    if known.as_ref().is_some_and(|one| one.ended_at.is_some()) {
        return Ok(Became::Left);
    }
    let agreed_at = brought.agreed_at.unwrap_or(now);
    let row = newsletter_subscription::Model {
        id: known.as_ref().map_or_else(|| cx.app.new_id(), |one| one.id),
        newsletter_id: newsletter,
        subscriber_id: reader.id,
        status: SubscriptionStatus::Confirmed,
        requested_at: known.as_ref().map_or(agreed_at, |one| one.requested_at),
        confirmed_at: Some(agreed_at),
        ended_at: None,
    };
    readers::write_subscription(&**writing, row).await?;
    let wording = readers::wording(&**writing, cx.app.new_id(), basis, now).await?;
    let step = (ConsentStep::Confirmed, ConsentChannel::Import);
    readers::note_consent(&**writing, cx.app.new_id(), (reader.id, newsletter), step, Some(wording), now).await?;
    Ok(Became::Reader)
}
