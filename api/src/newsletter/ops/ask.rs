//! Asking an address to confirm.

use entity::id::SubscriberId;
use entity::words::SubscriptionStatus;
use entity::{newsletter_subscription, subscriber};

use crate::app::App;
use crate::kernel::Fault;
use crate::newsletter::jobs::{AskToConfirm, WriteRequest};
use crate::newsletter::rules::BETWEEN_REQUESTS;
use crate::newsletter::store::readers;

/// Has an address asked to confirm what was requested since it was last asked; or, where all of it is confirmed, told so. It is
/// written to once in a while only, however often somebody types it: what comes in between goes with the next mail.
///
/// That it is asked is written together with the job that does it. So of many who decide this at once one writes the mail, and
/// one who dies on the way loses none.
///
/// # Errors
/// Where the database fails.
pub async fn ask(app: &App, job: AskToConfirm) -> Result<(), Fault> {
    let id = job.subscriber;
    let writing = app.begin_write().await?;
    let Some(reader) = readers::lock_by_id(&writing, id).await? else { return Ok(()) };
    // Who bounced or complained is not written to; nobody is told.
    if readers::is_suppressed(&*writing, &app.links.keyed_hash("address", &reader.email)).await? {
        return Ok(());
    }
    let subscriptions = readers::subscriptions(&*writing, id).await?;
    let is_new = |one: &newsletter_subscription::Model| {
        one.status == SubscriptionStatus::Pending && reader.asked_at.is_none_or(|asked_at| one.requested_at > asked_at)
    };
    let asks = subscriptions.iter().any(is_new);
    let now = app.clock.now();
    if let Some(until) = reader.asked_at.map(|asked_at| asked_at + BETWEEN_REQUESTS).filter(|until| *until > now) {
        if asks {
            writing.later_once_at(&key(id), &AskToConfirm { was_put_off: true, ..job }, until).await?;
            writing.commit().await?;
        }
        return Ok(());
    }
    if asks || !job.was_put_off && subscriptions.iter().any(|one| one.status == SubscriptionStatus::Confirmed) {
        readers::write_reader(&*writing, &subscriber::Model { asked_at: Some(now), ..reader }).await?;
        writing.later(&WriteRequest { subscriber: id, asked_at: now, asks }).await?;
        writing.commit().await?;
    }
    Ok(())
}

/// One decision about an address waits at a time, however often somebody types it.
pub(super) fn key(id: SubscriberId) -> String {
    id.0.simple().to_string()
}
