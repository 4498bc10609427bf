//! The mail with a code and a link to sign in with.

use jobs::Failed;
use mailer::Nature;
use serde_json::json;

use super::ops::Prepared;
use super::rules::GOOD_FOR;
use crate::app::App;
use crate::kernel::Locale;
use crate::mail::letter::{Letter, post};
use crate::mail::{self, Reason, Template, template};
use crate::organisations::letters::Sender;

const SIGN_IN: Template = template!("mail/sign_in");

/// Sends it.
///
/// # Errors
/// Where the database or the mail server fails.
pub async fn send(app: &App, prepared: &Prepared) -> Result<(), Failed> {
    let sender = Sender::the_network(app).await?;
    let locale: Locale = prepared.row.locale.parse().unwrap_or_else(|_| Locale::german());
    let values = json!({
        "network": sender.name,
        "code": prepared.code,
        "link": app.url(&format!("/sign-in/{}", prepared.token)),
        "minutes": GOOD_FOR.num_minutes(),
    });
    let written =
        mail::write(&SIGN_IN, &locale, values, &sender.frame(app, Reason::SignIn)).map_err(|error| Failed::never(error.to_string()))?;
    let made_at = prepared.row.expires_at - GOOD_FOR;
    let letter = Letter {
        name: None,
        email: &prepared.email,
        sender_name: sender.name.as_str().into(),
        reply_to: None,
        written,
        // One that is sent again has another code, and so is another mail.
        id: format!("sign-in.{}.{}", prepared.row.id.0.simple(), made_at.timestamp_micros()),
        date: made_at,
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
        let values = json!({ "network": "Beispielnetzwerk", "code": "123456", "link": "https://example.org/sign-in/abc", "minutes": 15 });
        hold_messages("people", &[&SIGN_IN], Reason::SignIn, &values);
    }
}
