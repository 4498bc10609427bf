//! Confirming what was requested.

use entity::words::{ConsentChannel, ConsentStep, SubscriptionStatus};
use entity::{consent, newsletter_subscription, subscriber};

use crate::app::Cx;
use crate::kernel::{Fault, Refusal, Refused, Why};
use crate::newsletter::rules::{can_be_confirmed, is_named};
use crate::newsletter::store::readers;
use crate::secret::Purpose;

/// Confirms, by the secret in the mail that asked for it, all that was requested until that mail. Doing it again changes nothing;
/// that somebody requested the same again meanwhile does not end it.
///
/// # Errors
/// [`Refused::NotFound`] for what is no such secret; [`Why::Expired`] a week after the request.
pub async fn confirm(cx: &Cx, token: &str) -> Result<subscriber::Model, Fault> {
    let (id, version) = cx.app.links.read(Purpose::ConfirmSubscription, token).ok_or(Refused::NotFound)?;
    let expired = || Fault::from(Refusal::at(&["token"], Why::Expired));
    let writing = cx.begin_write().await?;
    let reader = readers::lock_by_id(&writing, id).await?.filter(|reader| reader.confirm_version == version).ok_or_else(expired)?;
    let subscriptions = readers::subscriptions(&*writing, reader.id).await?;
    let requests = readers::requests(&*writing, reader.id).await?;
    let now = cx.now();
    // The latest request for each that waits, of those that the mail was about.
    let named: Vec<_> = subscriptions
        .iter()
        .filter(|one| one.status == SubscriptionStatus::Pending)
        .filter_map(|one| Some((one, last_named(&requests, one, &reader)?)))
        .collect();
    let (fresh, late): (Vec<_>, Vec<_>) = named.into_iter().partition(|(_, request)| can_be_confirmed(request.at, now));
    if fresh.is_empty() {
        let is_reader = subscriptions.iter().any(|one| one.status == SubscriptionStatus::Confirmed);
        return if is_reader && late.is_empty() { Ok(reader) } else { Err(expired()) };
    }
    for (one, request) in fresh {
        let confirmed = newsletter_subscription::Model {
            status: SubscriptionStatus::Confirmed,
            confirmed_at: Some(now),
            ended_at: None,
            ..one.clone()
        };
        readers::write_subscription(&*writing, confirmed).await?;
        let step = (ConsentStep::Confirmed, ConsentChannel::ConfirmationLink);
        readers::note_consent(&*writing, cx.app.new_id(), (reader.id, one.newsletter_id), step, request.wording_id, now).await?;
    }
    writing.commit().await?;
    Ok(reader)
}

fn last_named<'a>(
    requests: &'a [consent::Model],
    of: &newsletter_subscription::Model,
    reader: &subscriber::Model,
) -> Option<&'a consent::Model> {
    let mut its = requests.iter().filter(|request| request.newsletter_id == of.newsletter_id);
    its.rfind(|request| is_named(request.at, reader.asked_at, of.ended_at))
}
