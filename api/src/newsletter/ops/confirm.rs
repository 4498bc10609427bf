//! Confirming what was requested.

use entity::newsletter_subscription;
use entity::subscriber;
use entity::words::{ConsentChannel, ConsentStep, SubscriptionStatus};

use crate::app::Cx;
use crate::kernel::{Fault, Refusal, Refused, Why};
use crate::newsletter::rules::can_be_confirmed;
use crate::newsletter::store::readers;
use crate::secret::Purpose;

/// Confirms, by the secret in the mail that asked for it, all that was requested until that mail. Doing it again changes nothing.
///
/// # Errors
/// [`Refused::NotFound`] for what is no such secret; [`Why::Expired`] a week after the request.
pub async fn confirm(cx: &Cx, token: &str) -> Result<subscriber::Model, Fault> {
    let (id, version) = cx.app.links.read(Purpose::ConfirmSubscription, token).ok_or(Refused::NotFound)?;
    let expired = || Fault::from(Refusal::at(&["token"], Why::Expired));
    let writing = cx.begin_write().await?;
    let reader = readers::lock_by_id(&writing, id).await?.filter(|reader| reader.confirm_version == version).ok_or_else(expired)?;
    let subscriptions = readers::subscriptions(&*writing, reader.id).await?;
    let now = cx.now();
    let asked = |one: &newsletter_subscription::Model| reader.asked_at.is_some_and(|asked_at| one.requested_at <= asked_at);
    let pending = subscriptions.iter().filter(|one| one.status == SubscriptionStatus::Pending && asked(one));
    let (fresh, late): (Vec<_>, Vec<_>) = pending.partition(|one| can_be_confirmed(one.requested_at, now));
    if fresh.is_empty() {
        let is_reader = subscriptions.iter().any(|one| one.status == SubscriptionStatus::Confirmed);
        return if is_reader && late.is_empty() { Ok(reader) } else { Err(expired()) };
    }
    for one in fresh {
        let confirmed = newsletter_subscription::Model {
            status: SubscriptionStatus::Confirmed,
            confirmed_at: Some(now),
            ended_at: None,
            ..one.clone()
        };
        readers::write_subscription(&*writing, confirmed).await?;
        let wording = readers::wording_shown(&*writing, reader.id, one.newsletter_id).await?;
        let step = (ConsentStep::Confirmed, ConsentChannel::ConfirmationLink);
        readers::note_consent(&*writing, cx.app.new_id(), (reader.id, one.newsletter_id), step, wording, now).await?;
    }
    writing.commit().await?;
    Ok(reader)
}
