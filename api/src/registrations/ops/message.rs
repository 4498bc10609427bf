//! Writing to those who are registered.

use chrono::TimeDelta;
use entity::id::{EventId, OccurrenceId, RegistrationMessageId};
use entity::registration_message;
use entity::words::RegistrationAudience;

use super::find::answerable;
use super::note::title;
use crate::access::Action;
use crate::app::{App, Cx};
use crate::audit;
use crate::audit::rules::{Changes, Deed, Subject};
use crate::events::store::{self as events, occurrences};
use crate::kernel::{Fault, Findings, Refused, Why};
use crate::registrations::jobs::{Deliver, Spread};
use crate::registrations::store::messages;

/// Messages about one event within an hour.
const MOST_AN_HOUR: u64 = 6;
/// How long the same message is the same, and not another one.
const SAME_WITHIN: TimeDelta = TimeDelta::hours(1);
/// What a message costs a client: sixty a minute would be nobody's wish.
const COST: u32 = 200;
/// People to whom it is left to be sent in one transaction.
const AT_ONCE: u64 = 500;

/// What is written, and to whom.
#[derive(Debug)]
pub struct Message {
    /// To whom.
    pub audience: RegistrationAudience,
    /// Of this date alone.
    pub occurrence_id: Option<OccurrenceId>,
    /// What it is about.
    pub subject: Option<String>,
    /// What it says.
    pub body_markdown: Option<String>,
    /// What is wrong already.
    pub findings: Findings,
}

/// Writes to those who are registered for an event, each of them once. The same message a second time is the first.
///
/// # Errors
/// [`Refused::NotFound`] and [`Refused::Forbidden`] to others than organisers; [`Refused::RateLimited`] for too many; refusals of
/// what was given, all at once.
pub async fn message(cx: &Cx, id: EventId, mut message: Message) -> Result<(), Fault> {
    let event = events::by_ids(cx.db(), &cx.viewer, vec![id]).await?.remove(&id).ok_or(Refused::NotFound)?;
    cx.authorise(&Action::EditRegistrations(answerable(cx, id).await?))?;
    if let Some(date) = message.occurrence_id {
        let named = occurrences::by_ids(cx.db(), &cx.viewer, vec![date]).await?.remove(&date);
        if named.is_none_or(|date| date.event_id != id) {
            message.findings.refuse(&["occurrenceId"], Why::NotFound);
        }
    }
    let (Some(subject), Some(body_markdown)) = (message.subject, message.body_markdown) else { return Err(message.findings.into()) };
    message.findings.or_refuse()?;
    let writing = cx.begin_write().await?;
    let row = registration_message::Model {
        id: cx.app.new_id(),
        event_id: id,
        occurrence_id: message.occurrence_id,
        audience: message.audience,
        subject,
        body_markdown,
        created_at: cx.now(),
        told_up_to: None,
        told_at: None,
    };
    // Of two who write at once, the second waits for the first here, and sees what it wrote.
    messages::lock_event(&writing, id).await?;
    let lately = messages::since(&*writing, id, cx.now() - SAME_WITHIN).await?;
    if lately.iter().any(|known| is_the_same(known, &row)) {
        return Ok(());
    }
    if lately.len() as u64 >= MOST_AN_HOUR {
        return Err(Refused::RateLimited.into());
    }
    cx.slow_down(COST)?;
    let spread = Spread { message: row.id };
    let changes = Changes::none().field("audience", &None, &Some(row.audience)).text("subject", "", &row.subject);
    let changes = changes.text("bodyMarkdown", "", &row.body_markdown);
    messages::insert(&writing, row).await?;
    writing.later(&spread).await?;
    let label = title(&writing, &event).await?;
    audit::ops::record(cx, &writing, Deed::RegistrationMessage, Subject::Event(id), &label, changes).await?;
    Ok(writing.commit().await?)
}

fn is_the_same(known: &registration_message::Model, new: &registration_message::Model) -> bool {
    let what = |message: &registration_message::Model| (message.audience, message.occurrence_id);
    what(known) == what(new) && known.subject == new.subject && known.body_markdown == new.body_markdown
}

/// Leaves a message to be sent to everybody whom it is for. How far it came is written with what was left, so that it is left to
/// nobody twice, whenever the process ends.
///
/// # Errors
/// Where the database fails.
pub async fn spread_message(app: &App, id: RegistrationMessageId) -> Result<(), Fault> {
    loop {
        let writing = app.begin_write().await?;
        let Some(message) = messages::locked(&writing, id).await?.filter(|message| message.told_at.is_none()) else { return Ok(()) };
        let ids = messages::audience(&*writing, &message, AT_ONCE).await?;
        for registration in &ids {
            writing.later(&Deliver { message: id, registration: *registration }).await?;
        }
        messages::note_progress(&writing, id, ids.last().copied(), app.clock.now()).await?;
        writing.commit().await?;
        if ids.is_empty() {
            return Ok(());
        }
    }
}
