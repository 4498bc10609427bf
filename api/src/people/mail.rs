//! The mail with a code and a link to sign in with.

use jobs::Failed;
use mailer::Nature;
use serde_json::json;

use super::ops::Prepared;
use super::rules::GOOD_FOR;
use crate::app::App;
use crate::kernel::Locale;
use crate::mail::letter::{Letter, post};
use crate::mail::{self, Footer, Frame, Language, Reason, Template, template};
use crate::organisations::letters::imprint;
use crate::organisations::store::network::the_network;

const SIGN_IN: Template = template!("mail/sign_in");

/// Sends it.
///
/// # Errors
/// Where the database or the mail server fails.
pub async fn send(app: &App, prepared: &Prepared) -> Result<(), Failed> {
    let own = the_network(&app.db).await?;
    let sender_name = own.as_ref().map_or_else(|| app.config.public_host(), |(_, own)| own.name.clone());
    let imprint = own.as_ref().map(|(network, own)| imprint(Some(&network.legal_name), own)).unwrap_or_default();
    let locale: Locale = prepared.row.locale.parse().unwrap_or_else(|_| Locale::german());
    let usual = own.as_ref().and_then(|(network, _)| network.default_locale.parse::<Locale>().ok());
    let usual_language = usual.and_then(|locale| Language::of(&locale)).unwrap_or(Language::De);
    let frame = Frame {
        sender_name: &sender_name,
        public_url: &app.config.public_url,
        usual_language,
        footer: Footer { reason: Reason::SignIn, imprint: &imprint, links: Vec::new() },
    };
    let values = json!({
        "network": sender_name,
        "code": prepared.code,
        "link": app.url(&format!("/sign-in/{}", prepared.token)),
        "minutes": GOOD_FOR.num_minutes(),
    });
    let written = mail::write(&SIGN_IN, &locale, values, &frame).map_err(|error| Failed::never(error.to_string()))?;
    let made_at = prepared.row.expires_at - GOOD_FOR;
    let letter = Letter {
        name: None,
        email: &prepared.email,
        sender_name: sender_name.clone().into(),
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
