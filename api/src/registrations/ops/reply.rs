//! What a person's calendar answers to an invitation of ours: a mail that came in.

use entity::id::RegistrationId;
use entity::words::RegistrationStatus;
use mailer::Incoming;

use super::cancel::cancel;
use super::find::By;
use crate::access::Viewer;
use crate::app::{App, Caller, Cx};
use crate::events::store::whole::Whole;
use crate::kernel::{Fault, Wanted};
use crate::organisations;
use crate::registrations::invitation;
use crate::registrations::rules::admission::is_standing;
use crate::registrations::rules::reply::{Answer, Says, answers, is_present, secret_in};
use crate::registrations::store::{self, parts, write};
use crate::secret::Purpose;

/// What became of a mail that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// A registration was cancelled.
    Cancelled,
    /// It was noted that somebody comes.
    Noted,
    /// Nothing: it answers no invitation of ours, or not the present one, or tells nothing new.
    Nothing,
}

/// Does what a mail says that a calendar sent: who declines is cancelled, who accepts is noted. It counts where it comes to the secret
/// address of the invitation, from the address that was invited, about its entry as it stands now; all else changes nothing.
///
/// # Errors
/// Where the database fails.
pub async fn receive(app: &App, incoming: &Incoming) -> Result<Received, Fault> {
    if incoming.is_auto_reply {
        return Ok(Received::Nothing);
    }
    for answer in incoming.calendars.iter().flat_map(|calendar| answers(calendar)) {
        let done = follow(app, &answer).await?;
        if done != Received::Nothing {
            return Ok(done);
        }
    }
    Ok(Received::Nothing)
}

async fn follow(app: &App, answer: &Answer) -> Result<Received, Fault> {
    let secret = secret_in(&answer.organizer).and_then(|secret| app.links.read_address_token(Purpose::Reply, secret));
    let Some(secret) = secret else { return Ok(Received::Nothing) };
    let (id, _): (RegistrationId, i32) = secret;
    let Some(row) = store::by_secret(&app.db, secret).await? else { return Ok(Received::Nothing) };
    if row.email != answer.attendee || !is_standing(row.status) || row.checked_in_at.is_some() {
        return Ok(Received::Nothing);
    }
    let Some(event) = parts::events(&app.db, vec![row.event_id]).await?.remove(&row.event_id) else { return Ok(Received::Nothing) };
    let whole = Whole::of(&app.db, vec![event.clone()]).await?;
    let Some((_, own)) = organisations::store::network::the_network(&app.db).await? else { return Ok(Received::Nothing) };
    let present = invitation::of(app, &own, &whole, &event, &row, &Wanted::default());
    if !present.is_some_and(|(_, calendar)| is_present(answer, &calendar)) {
        return Ok(Received::Nothing);
    }
    match answer.says {
        Says::Declined => {
            let cx = Cx { app: app.clone(), viewer: Viewer::Visitor, wanted: Wanted::default(), caller: Caller::default() };
            let token = app.links.token(Purpose::Registration, id, row.secret_version);
            cancel(&cx, By::Token(token)).await?;
            Ok(Received::Cancelled)
        }
        Says::Accepted if row.status == RegistrationStatus::Confirmed => {
            write::note_acceptance(&app.db, id, app.clock.now()).await?;
            Ok(Received::Noted)
        }
        Says::Accepted | Says::SomethingElse => Ok(Received::Nothing),
    }
}
