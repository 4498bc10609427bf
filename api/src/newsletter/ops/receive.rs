//! What mails say that come in: that an issue could not be delivered, that somebody complained of it, that somebody wants to leave.

use entity::id::{SubscriberId, SubscriptionId};
use entity::subscriber;
use entity::words::{ConsentChannel, ConsentStep, DeliveryStatus, SubscriptionStatus, SuppressionReason};
use mailer::{Blame, Incoming, Original, Returned, Why};
use uuid::Uuid;

use super::preferences::end;
use crate::access::Viewer;
use crate::app::{App, Caller, Cx};
use crate::kernel::{Fault, Wanted};
use crate::newsletter::addresses::{About, IssueMark, read};
use crate::newsletter::rules::is_given_up;
use crate::newsletter::rules::returning::{can_come_back, what_becomes};
use crate::newsletter::store::{lines, readers, returning};
use crate::secret::Purpose;

/// What became of a mail that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// It was noted that a delivery bounced; its reader is written to again.
    Bounced,
    /// The same, and the address is never written to again.
    GivenUp,
    /// It was noted that a delivery failed, for a reason that is none of its reader's.
    Failed,
    /// A reader complained, and is never written to again.
    Complained,
    /// A reader left.
    Left,
    /// Nothing: it says nothing to us, or nothing new, or is by somebody who does not know the secret.
    Nothing,
}

/// Does what a mail says. Only the secrets of a mail of ours tell whose it is: addresses and names in it may be made up. Nobody is
/// answered.
///
/// # Errors
/// Where the database fails.
pub async fn receive(app: &App, incoming: &Incoming) -> Result<Received, Fault> {
    if let Some(complaint) = &incoming.complaint {
        return complained(app, &complaint.original).await;
    }
    if let Some(returned) = &incoming.returned {
        return came_back(app, incoming, returned).await;
    }
    // Also an absence is told to the address from which a mail came.
    if incoming.is_automatic {
        return Ok(Received::Nothing);
    }
    let leaving = |address: &String| match read(&app.links, address) {
        Some(About::Leaving(subscription, version)) => Some((subscription, version)),
        Some(About::Delivery(..)) | None => None,
    };
    match incoming.to.iter().find_map(leaving) {
        Some((subscription, version)) => leave(app, subscription, version).await,
        None => Ok(Received::Nothing),
    }
}

async fn came_back(app: &App, incoming: &Incoming, returned: &Returned) -> Result<Received, Fault> {
    let Some((status, is_gone)) = what_becomes(returned.why) else { return Ok(Received::Nothing) };
    let Some((id, mark)) = delivery_of(app, incoming, &returned.original) else { return Ok(Received::Nothing) };
    let Some(subscription) = returning::subscription(&app.db, id).await? else { return Ok(Received::Nothing) };
    let now = app.clock.now();
    let writing = app.begin_write().await?;
    // What comes twice waits here, and then finds that it is known.
    let Some(reader) = readers::lock_by_id(&writing, subscription.subscriber_id).await? else { return Ok(Received::Nothing) };
    let lines = returning::underway(&*writing, id).await?;
    let line = lines.into_iter().find(|line| IssueMark::of(line.issue_id) == mark);
    let Some(line) = line.filter(|line| line.sent_at.is_none_or(|sent_at| can_come_back(sent_at, now))) else {
        return Ok(Received::Nothing);
    };
    returning::record(&*writing, (line.issue_id, id), status, said(returned), now).await?;
    let is_over = status == DeliveryStatus::Bounced && (is_gone || is_given_up(&lines::bounces(&*writing, reader.id).await?));
    if is_over {
        let hash = app.links.keyed_hash("address", &reader.email);
        readers::suppress(&*writing, hash, reader.id, SuppressionReason::Bounced, now).await?;
    }
    writing.commit().await?;
    if returned.why == Why::Refused(Blame::Sender) {
        tracing::warn!(issue = %line.issue_id.0, said = said(returned), "a mail came back as its server refuses us");
    }
    Ok(match status {
        DeliveryStatus::Bounced if is_over => Received::GivenUp,
        DeliveryStatus::Bounced => Received::Bounced,
        _ => Received::Failed,
    })
}

/// Codes alone, without anybody's address.
fn said(returned: &Returned) -> String {
    let what = match returned.why {
        Why::Refused(Blame::Recipient(refusal)) => format!("it came back: {refusal}"),
        Why::Refused(Blame::Sender) => "it came back: we are refused".to_owned(),
        Why::Underway | Why::GivenUp => "it came back: given up".to_owned(),
    };
    returned.status.map_or_else(|| what.clone(), |status| format!("{what} ({status})"))
}

/// Which delivery came back: by the address that it came to; or, for servers that write elsewhere, by the secrets in the mail itself.
fn delivery_of(app: &App, incoming: &Incoming, original: &Original) -> Option<(SubscriptionId, IssueMark)> {
    let by_address = incoming.to.iter().chain(&original.return_path).find_map(|address| match read(&app.links, address)? {
        About::Delivery(subscription, mark) => Some((subscription, mark)),
        About::Leaving(..) => None,
    });
    by_address.or_else(|| {
        // Its id tells of which issue it is, and is known to many; the way to leave tells whose it is, and is known to its reader alone.
        let mut words = original.message_id.as_deref()?.split('@').next()?.strip_prefix("issue.")?.split('.');
        let issue = Uuid::try_parse(words.next()?).ok()?;
        let subscription = Uuid::try_parse(words.next()?).ok()?;
        let is_of_it = |way: &String| matches!(by_mail(app, way), Some((id, _)) if id.0 == subscription);
        original.ways_to_leave.iter().any(is_of_it).then(|| (SubscriptionId(subscription), IssueMark::of(issue.into())))
    })
}

/// The subscription that a way to leave ends, where it is one by mail.
fn by_mail(app: &App, way: &str) -> Option<(SubscriptionId, i32)> {
    let address = way.strip_prefix("mailto:")?.split('?').next()?;
    match read(&app.links, address)? {
        About::Leaving(subscription, version) => Some((subscription, version)),
        About::Delivery(..) => None,
    }
}

async fn complained(app: &App, original: &Original) -> Result<Received, Fault> {
    let Some(id) = reader_of(app, original).await? else { return Ok(Received::Nothing) };
    let now = app.clock.now();
    let writing = app.begin_write().await?;
    let Some(reader) = readers::lock_by_id(&writing, id).await? else { return Ok(Received::Nothing) };
    let hash = app.links.keyed_hash("address", &reader.email);
    if readers::is_suppressed(&*writing, &hash).await? {
        return Ok(Received::Nothing);
    }
    let subscriptions = readers::subscriptions(&*writing, id).await?;
    let standing = subscriptions.iter().filter(|one| matches!(one.status, SubscriptionStatus::Confirmed | SubscriptionStatus::Pending));
    for one in standing {
        readers::take_back(&*writing, vec![one.id], DeliveryStatus::Suppressed).await?;
        let step = (ConsentStep::Withdrawn, ConsentChannel::Complaint);
        readers::note_consent(&*writing, app.new_id(), (id, one.newsletter_id), step, None, now).await?;
    }
    readers::suppress(&*writing, hash, id, SuppressionReason::Complained, now).await?;
    writing.commit().await?;
    Ok(Received::Complained)
}

/// Whose mail it is that somebody complained of, by any of the secrets in it that still hold.
async fn reader_of(app: &App, original: &Original) -> Result<Option<SubscriberId>, Fault> {
    let came_from = original.return_path.iter().filter_map(|address| match read(&app.links, address)? {
        About::Delivery(subscription, _) => Some((subscription, None)),
        About::Leaving(..) => None,
    });
    let by_mail = original.ways_to_leave.iter().filter_map(|way| by_mail(app, way)).map(|(id, version)| (id, Some(version)));
    for (id, version) in came_from.chain(by_mail) {
        let Some(subscription) = returning::subscription(&app.db, id).await? else { continue };
        if let Some(reader) = with_version(app, subscription.subscriber_id, version).await? {
            return Ok(Some(reader.id));
        }
    }
    for way in &original.ways_to_leave {
        let token = way.split_once("/unsubscribe/").and_then(|(_, rest)| rest.split('/').next());
        let read = token.and_then(|token| app.links.read::<SubscriberId>(Purpose::Reader, token));
        let Some((id, version)) = read else { continue };
        if let Some(reader) = with_version(app, id, Some(version)).await? {
            return Ok(Some(reader.id));
        }
    }
    Ok(None)
}

async fn leave(app: &App, id: SubscriptionId, version: i32) -> Result<Received, Fault> {
    let Some(subscription) = returning::subscription(&app.db, id).await? else { return Ok(Received::Nothing) };
    if with_version(app, subscription.subscriber_id, Some(version)).await?.is_none() {
        return Ok(Received::Nothing);
    }
    let cx = Cx { app: app.clone(), viewer: Viewer::Visitor, wanted: Wanted::default(), caller: Caller::default() };
    let writing = cx.begin_write().await?;
    let Some(reader) = readers::lock_by_id(&writing, subscription.subscriber_id).await? else { return Ok(Received::Nothing) };
    let subscriptions = readers::subscriptions(&*writing, reader.id).await?;
    let is_standing = |status| matches!(status, SubscriptionStatus::Confirmed | SubscriptionStatus::Pending);
    let standing: Vec<_> = subscriptions.into_iter().filter(|one| one.id == id && is_standing(one.status)).collect();
    if standing.is_empty() {
        return Ok(Received::Nothing);
    }
    end(&cx, &writing, standing, ConsentChannel::UnsubscribeMail).await?;
    writing.commit().await?;
    Ok(Received::Left)
}

/// A reader, where the secret is still the present one.
async fn with_version(app: &App, id: SubscriberId, version: Option<i32>) -> Result<Option<subscriber::Model>, Fault> {
    let reader = readers::by_id(&app.db, id).await?;
    Ok(reader.filter(|reader| version.is_none_or(|version| reader.secret_version == version)))
}
