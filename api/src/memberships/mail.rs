//! What who applied is told.

use entity::words::MembershipDecision;
use jobs::Failed;
use mailer::Nature;
use serde_json::json;

use super::jobs::{News, Tell};
use super::store;
use crate::access::{SignedIn, Viewer};
use crate::app::App;
use crate::kernel::Locale;
use crate::mail::letter::{Letter, post};
use crate::mail::{self, Reason, Template, template};
use crate::organisations;
use crate::organisations::letters::Sender;

const RECEIVED: Template = template!("mail/received");
const ADMITTED: Template = template!("mail/admitted");
const DECLINED: Template = template!("mail/declined");

/// Tells who applied how it stands; not what has changed since.
///
/// # Errors
/// Where the database or the mail server fails.
pub async fn tell(app: &App, job: Tell) -> Result<(), Failed> {
    let Some((row, written)) = store::by_id(&app.db, job.membership).await? else { return Ok(()) };
    let (template, word) = match (job.news, row.decision) {
        (News::Received, MembershipDecision::Applied) => (&RECEIVED, "received"),
        (News::Admitted, MembershipDecision::Admitted) => (&ADMITTED, "admitted"),
        (News::Declined, MembershipDecision::Declined) => (&DECLINED, "declined"),
        _ => return Ok(()),
    };
    let office = Viewer::Person(SignedIn::who_runs_it());
    let id = row.organisation_id;
    let Some(organisation) = organisations::store::by_ids(&app.db, &office, vec![id]).await?.remove(&id) else { return Ok(()) };
    let sender = Sender::the_network(app).await?;
    let values = json!({
        "name": written.contact_name,
        "network": sender.name,
        "organisation": organisation.name,
        "joinedOn": row.joined_on,
        "reason": written.reason,
        "page": app.url(&format!("/organisations/{}", organisation.slug)),
    });
    let locale = written.locale.parse().unwrap_or_else(|_| Locale::german());
    let frame = sender.frame(app, Reason::Application(&organisation.name));
    let message = mail::write(template, &locale, values, &frame).map_err(|error| Failed::never(error.to_string()))?;
    let letter = Letter {
        name: Some(&written.contact_name),
        email: &written.email,
        sender_name: sender.name.as_str().into(),
        reply_to: sender.email.as_deref(),
        written: message,
        id: format!("membership.{}.{word}", row.id.0.simple()),
        date: written.decided_at.unwrap_or(written.created_at),
        nature: Nature::Automatic,
        invitation: None,
    };
    post(app, letter).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::tests::snapshots::hold_messages;

    /// The files beside the words are what these become; `RENEW_SNAPSHOTS=1` writes them anew, to be looked at and committed.
    #[test]
    fn every_message_is_as_it_was() {
        let values = json!({
            "name": "Amal Beispiel",
            "network": "Beispielnetzwerk",
            "organisation": "Beispielverein e. V.",
            "joinedOn": "2022-06-01",
            "reason": "Der Verein ist noch nicht eingetragen.",
            "page": "https://example.org/organisations/beispielverein",
        });
        hold_messages("memberships", &[&RECEIVED, &ADMITTED, &DECLINED], Reason::Application("Beispielverein e. V."), &values);
    }
}
