//! Changing what a reader gets, and leaving.

use entity::id::NewsletterId;
use entity::words::{ConsentChannel, ConsentStep, DeliveryStatus, SubscriptionStatus};
use entity::{newsletter_subscription, subscriber};

use super::find::by_token;
use crate::app::{Cx, Writing};
use crate::kernel::{Fault, Locale, PersonName, Refusal, Refused, Why};
use crate::newsletter::store::{self, readers};
use crate::newsletter::wording::Wording;

/// What a reader changes; what is left out stays.
#[derive(Debug, Default)]
pub struct Change {
    /// How they are called; none within for not at all.
    pub name: Option<Option<PersonName>>,
    /// In which language they are written to.
    pub locale: Option<Locale>,
    /// What they get from now on; none within where an id was none.
    pub newsletters: Option<Vec<Option<NewsletterId>>>,
}

/// Changes how a reader is called and what they get. What is new is confirmed at once: the mailbox is proven.
///
/// # Errors
/// [`Refused::NotFound`] for what is no reader's secret; refusals of what was given.
pub async fn update(cx: &Cx, token: &str, change: Change) -> Result<subscriber::Model, Fault> {
    let found = by_token(&cx.app, token).await?.ok_or(Refused::NotFound)?;
    let writing = cx.begin_write().await?;
    let mut reader = readers::lock_by_id(&writing, found.id).await?.ok_or(Refused::NotFound)?;
    if let Some(wanted) = change.newsletters {
        choose(cx, &writing, &reader, wanted).await?;
    }
    if let Some(name) = change.name {
        reader.name = name.map(|name| name.to_string());
    }
    if let Some(locale) = change.locale {
        reader.locale = locale.to_string();
    }
    reader.updated_at = cx.now();
    readers::write_reader(&*writing, &reader).await?;
    writing.commit().await?;
    Ok(reader)
}

/// Leaves newsletters: these, or all. It holds for what was not handed over yet. Leaving again changes nothing.
///
/// # Errors
/// [`Refused::NotFound`] for what is no reader's secret.
pub async fn leave(cx: &Cx, token: &str, only: Option<Vec<NewsletterId>>) -> Result<subscriber::Model, Fault> {
    let found = by_token(&cx.app, token).await?.ok_or(Refused::NotFound)?;
    let writing = cx.begin_write().await?;
    let reader = readers::lock_by_id(&writing, found.id).await?.ok_or(Refused::NotFound)?;
    let subscriptions = readers::subscriptions(&*writing, reader.id).await?;
    let left = subscriptions.into_iter().filter(|one| only.as_ref().is_none_or(|only| only.contains(&one.newsletter_id)));
    end(cx, &writing, left.collect(), ConsentChannel::UnsubscribeLink).await?;
    writing.commit().await?;
    Ok(reader)
}

async fn choose(cx: &Cx, writing: &Writing, reader: &subscriber::Model, wanted: Vec<Option<NewsletterId>>) -> Result<(), Fault> {
    let subscriptions = readers::subscriptions(&**writing, reader.id).await?;
    let is_read =
        |id: NewsletterId| subscriptions.iter().find(|one| one.newsletter_id == id && one.status == SubscriptionStatus::Confirmed);
    let ids: Vec<NewsletterId> = wanted.iter().copied().flatten().collect();
    let open = store::by_ids(&**writing, &cx.viewer, ids.clone()).await?;
    for (at, id) in wanted.iter().enumerate() {
        if id.is_none_or(|id| is_read(id).is_none() && !open.contains_key(&id)) {
            return Err(Refusal::at(&["input", "newsletterIds", &at.to_string()], Why::NotFound).into());
        }
    }
    let left = subscriptions.iter().filter(|one| !ids.contains(&one.newsletter_id)).cloned().collect();
    end(cx, writing, left, ConsentChannel::Preferences).await?;
    let now = cx.now();
    for id in ids.iter().copied().filter(|id| is_read(*id).is_none()) {
        let known = subscriptions.iter().find(|one| one.newsletter_id == id);
        if known.is_some_and(|one| one.status == SubscriptionStatus::Suppressed) {
            continue;
        }
        let row = newsletter_subscription::Model {
            id: known.map_or_else(|| cx.app.new_id(), |one| one.id),
            newsletter_id: id,
            subscriber_id: reader.id,
            status: SubscriptionStatus::Confirmed,
            requested_at: now,
            confirmed_at: Some(now),
            ended_at: None,
        };
        readers::write_subscription(&**writing, row).await?;
        let wording = readers::wording(&**writing, cx.app.new_id(), &Wording::for_reader(&cx.spoken()), now).await?;
        let step = (ConsentStep::Confirmed, ConsentChannel::Preferences);
        readers::note_consent(&**writing, cx.app.new_id(), (reader.id, id), step, Some(wording), now).await?;
    }
    Ok(())
}

/// Ends subscriptions that stand, and takes back what was not handed over yet.
pub(super) async fn end(
    cx: &Cx,
    writing: &Writing,
    subscriptions: Vec<newsletter_subscription::Model>,
    channel: ConsentChannel,
) -> Result<(), Fault> {
    let now = cx.now();
    let standing = |one: &newsletter_subscription::Model| matches!(one.status, SubscriptionStatus::Confirmed | SubscriptionStatus::Pending);
    for one in subscriptions.into_iter().filter(standing) {
        let about = (one.subscriber_id, one.newsletter_id);
        readers::take_back(&**writing, vec![one.id], DeliveryStatus::Unsubscribed).await?;
        let ended = newsletter_subscription::Model { status: SubscriptionStatus::Ended, ended_at: Some(now), ..one };
        readers::write_subscription(&**writing, ended).await?;
        readers::note_consent(&**writing, cx.app.new_id(), about, (ConsentStep::Withdrawn, channel), None, now).await?;
    }
    Ok(())
}
