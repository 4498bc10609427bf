//! The mail with an invitation.

use jobs::Failed;
use mailer::Nature;
use serde_json::json;

use super::ops::Prepared;
use super::rules::GOOD_FOR;
use crate::app::App;
use crate::mail::letter::{Letter, post};
use crate::mail::{self, Reason, Template, template};
use crate::organisations::letters::Sender;

const INVITED: Template = template!("mail/invited");

/// Sends it.
///
/// # Errors
/// Where the database or the mail server fails.
pub async fn send(app: &App, prepared: &Prepared) -> Result<(), Failed> {
    let sender = Sender::the_network(app).await?;
    let (row, organisation) = (&prepared.row, &prepared.organisation);
    let values = json!({
        "network": sender.name,
        "organisation": organisation.name,
        "role": row.role,
        "link": app.url(&format!("/invitations/{}", prepared.token)),
        "days": GOOD_FOR.num_days(),
    });
    let frame = sender.frame(app, Reason::Invitation(&organisation.name));
    let written = mail::write(&INVITED, &prepared.locale, values, &frame).map_err(|error| Failed::never(error.to_string()))?;
    // One that is sent again has another secret, and so is another mail.
    let secret = row.token_hash.as_deref().unwrap_or_default();
    let letter = Letter {
        name: None,
        email: &row.email,
        sender_name: sender.name.as_str().into(),
        reply_to: organisation.email.as_deref().or(sender.email.as_deref()),
        written,
        id: format!("invitation.{}.{}", row.id.0.simple(), app.links.keyed_hash("invitation mail", secret)),
        date: row.created_at,
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
    fn the_message_is_as_it_was() {
        let values = json!({
            "network": "Beispielnetzwerk",
            "organisation": "Beispielverein e. V.",
            "role": "EDITOR",
            "link": "https://example.org/invitations/abc",
            "days": 14,
        });
        hold_messages("invitations", &[&INVITED], Reason::Invitation("Beispielverein e. V."), &values);
    }
}
