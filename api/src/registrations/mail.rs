//! What people are told of their registration.

mod told;

use chrono::TimeDelta;
use entity::words::RegistrationStatus;
use jobs::Failed;
use serde_json::json;

use self::told::Told;
use super::jobs::{Deliver, News, Tell};
use super::rules::admission::is_standing;
use super::store::{self, messages};
use crate::app::App;
use crate::mail::letter::post;
use crate::mail::{Template, template};

const CONFIRMED: Template = template!("mail/confirmed");
const WAITING: Template = template!("mail/waiting");
const PENDING: Template = template!("mail/pending");
const MOVED_UP: Template = template!("mail/moved_up");
const AGAIN: Template = template!("mail/again");
const APPROVED: Template = template!("mail/approved");
const DECLINED: Template = template!("mail/declined");
const CHANGED: Template = template!("mail/changed");
const MESSAGE: Template = template!("mail/message");
const AHEAD: Template = template!("mail/ahead");
const CANCELLED: Template = template!("mail/cancelled");
const EVENT_MOVED: Template = template!("mail/event_moved");
const EVENT_CANCELLED: Template = template!("mail/event_cancelled");
const EVENT_POSTPONED: Template = template!("mail/event_postponed");
const EVENT_REINSTATED: Template = template!("mail/event_reinstated");

/// Registrations of one address within a day that are told it by a mail each. Anybody can enter a stranger's address, and nobody can be
/// told at once that it has too many, or they would learn of it; so what goes beyond is kept, and fills no mailbox.
const TOLD_A_DAY: u64 = 50;

/// Tells a person how they stand. What has changed since is told by the job of that change.
///
/// # Errors
/// Where the database or the mail server fails.
pub async fn tell(app: &App, job: Tell) -> Result<(), Failed> {
    let Some(row) = store::by_id(&app.db, job.registration).await? else { return Ok(()) };
    let Some(template) = template_for(job.news, row.status).filter(|_| row.anonymised_at.is_none()) else { return Ok(()) };
    if job.news == News::Registered && store::earlier_of_address(&app.db, &row, row.created_at - TimeDelta::days(1)).await? >= TOLD_A_DAY {
        tracing::warn!(registration = %row.id.0, "an address has more registrations in a day than it is written to for");
        return Ok(());
    }
    let Some(told) = Told::load(app, row).await? else { return Ok(()) };
    if !told.is_still_so(job.news, app.clock.now())? {
        return Ok(());
    }
    post(app, told.news(app, template, job)?).await
}

/// Sends a person what organisers wrote, where they are registered still.
///
/// # Errors
/// Where the database or the mail server fails.
pub async fn deliver(app: &App, job: Deliver) -> Result<(), Failed> {
    let Some(message) = messages::by_id(&app.db, job.message).await? else { return Ok(()) };
    let found = store::by_id(&app.db, job.registration).await?;
    let Some(row) = found.filter(|row| is_standing(row.status) && row.anonymised_at.is_none()) else { return Ok(()) };
    let Some(told) = Told::load(app, row).await? else { return Ok(()) };
    let more = json!({ "subject": message.subject, "body": quoted(&message.body_markdown) });
    let written = told.write(app, &MESSAGE, more)?;
    let id = format!("registration-message.{}.{}", message.id.0.simple(), told.row.id.0.simple());
    post(app, told.letter(written, id, message.created_at)?).await
}

/// Markdown within a quotation, which ends whatever was begun in it.
fn quoted(markdown: &str) -> String {
    markdown.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}

/// The message of some news, as the registration stands now; none where it stands otherwise meanwhile.
fn template_for(news: News, status: RegistrationStatus) -> Option<&'static Template> {
    match (news, status) {
        (News::Registered, RegistrationStatus::Confirmed) => Some(&CONFIRMED),
        (News::Registered | News::Approved, RegistrationStatus::Waitlisted) => Some(&WAITING),
        (News::Registered, RegistrationStatus::Pending) | (News::MovedUp, RegistrationStatus::Pending) => Some(&PENDING),
        (News::MovedUp, RegistrationStatus::Confirmed) => Some(&MOVED_UP),
        (News::Again, RegistrationStatus::Confirmed | RegistrationStatus::Waitlisted | RegistrationStatus::Pending) => Some(&AGAIN),
        (News::Cancelled, RegistrationStatus::Cancelled) => Some(&CANCELLED),
        (News::Approved, RegistrationStatus::Confirmed) => Some(&APPROVED),
        (News::Declined, RegistrationStatus::Declined) => Some(&DECLINED),
        (News::Ahead, RegistrationStatus::Confirmed) => Some(&AHEAD),
        (News::Changed, status) if is_standing(status) => Some(&CHANGED),
        (News::EventMoved, status) if is_standing(status) => Some(&EVENT_MOVED),
        (News::EventCancelled, status) if is_standing(status) => Some(&EVENT_CANCELLED),
        (News::EventPostponed, status) if is_standing(status) => Some(&EVENT_POSTPONED),
        (News::EventReinstated, status) if is_standing(status) => Some(&EVENT_REINSTATED),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Reason;
    use crate::mail::tests::snapshots::hold_messages;

    /// The files beside the words are what these become; `RENEW_SNAPSHOTS=1` writes them anew, to be looked at and committed.
    #[test]
    fn every_message_is_as_it_was() {
        let values = json!({
            "name": "Amal Beispiel",
            "title": "Beispiel-Lesung",
            "when": "Dienstag, 17. Mai 2022, 18:00–20:00 Uhr",
            "place": "Beispielhaus, Beispielstraße 1, 30159 Hannover",
            "online": "https://call.example.org/room",
            "code": "AZDm5rGTdMeoFBIZ4u0dYwAAAZDm5rGTdMeoFBIZ4u0dYw",
            "code_picture": "code.018f@example.org",
            "subject": "Einlass ab 17 Uhr",
            "body": "> Bitte kommen Sie **früher**.\n>\n> - mit Ausweis",
            "seats": 2,
            "position": 3,
            "waiting": true,
            "pending": false,
            "decline_reason": "Dieser Abend ist für Eltern mit Kindern.",
            "reason": "Die Referentin ist erkrankt.",
            "host": "Beispielverein e. V.",
            "link": "https://example.org/registrations/abc",
            "page": "https://example.org/events/beispiel-lesung",
        });
        let all = [
            &CONFIRMED,
            &WAITING,
            &PENDING,
            &MOVED_UP,
            &AGAIN,
            &APPROVED,
            &DECLINED,
            &CHANGED,
            &MESSAGE,
            &AHEAD,
            &CANCELLED,
            &EVENT_MOVED,
            &EVENT_CANCELLED,
            &EVENT_POSTPONED,
            &EVENT_REINSTATED,
        ];
        hold_messages("registrations", &all, Reason::Registration, &values);
    }
}
