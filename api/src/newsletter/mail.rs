//! Mails of newsletters: the request to confirm, and the issues.

pub mod card;
pub mod digest;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::words::SubscriptionStatus;
use entity::{newsletter, newsletter_issue, newsletter_issue_text, newsletter_subscription, organisation, subscriber};
use jobs::Failed;
use mailer::{ListHeaders, Message, Nature};
use serde_json::json;
use uuid::Uuid;

use super::addresses;
use super::jobs::WriteRequest;
use super::rules::is_named;
use super::store::lines::Taken;
use super::store::{parts, readers};
use crate::access::Viewer;
use crate::app::App;
use crate::kernel::{Locale, Wanted};
use crate::mail::letter::{Letter, post};
use crate::mail::{self, Footer, FooterLink, Frame, Language, Reason, Template, Written, template};
use crate::organisations;
use crate::organisations::letters::imprint;
use crate::secret::Purpose;

const CONFIRM: Template = template!("mail/confirm");
const ALREADY: Template = template!("mail/already");

/// Asks an address to confirm what was requested until it was decided to ask; or tells it that all is confirmed.
///
/// # Errors
/// Where the database or the mail server fails.
pub async fn write_request(app: &App, job: WriteRequest) -> Result<(), Failed> {
    let Some(reader) = readers::by_id(&app.db, job.subscriber).await? else { return Ok(()) };
    let requests = readers::requests(&app.db, reader.id).await?;
    let is_named = |one: &newsletter_subscription::Model| {
        let mut its = requests.iter().filter(|request| request.newsletter_id == one.newsletter_id);
        its.any(|request| is_named(request.at, Some(job.asked_at), one.ended_at))
    };
    let is_about = |one: &newsletter_subscription::Model| match one.status {
        SubscriptionStatus::Pending => job.asks && is_named(one),
        SubscriptionStatus::Confirmed => !job.asks,
        SubscriptionStatus::Ended | SubscriptionStatus::Suppressed => false,
    };
    let about: Vec<_> = readers::subscriptions(&app.db, reader.id).await?.into_iter().filter(is_about).collect();
    if about.is_empty() {
        return Ok(());
    }
    let newsletters = parts::read_ones(&app.db, about.iter().map(|one| one.newsletter_id).collect()).await?;
    let mut names: Vec<&str> = newsletters.values().map(|newsletter| newsletter.name.as_str()).collect();
    names.sort_unstable();
    post(app, request_letter(app, &reader, &names, job).await?).await
}

async fn request_letter<'a>(app: &App, reader: &'a subscriber::Model, names: &[&str], job: WriteRequest) -> Result<Letter<'a>, Failed> {
    let own = organisations::store::network::the_network(&app.db).await?;
    let sender_name = own.as_ref().map_or_else(|| app.config.public_host(), |(_, own)| own.name.clone());
    let imprint = own.as_ref().map(|(network, own)| imprint(Some(&network.legal_name), own)).unwrap_or_default();
    let frame = Frame {
        sender_name: &sender_name,
        public_url: &app.config.public_url,
        usual_language: Language::De,
        footer: Footer { reason: Reason::Request, imprint: &imprint, links: Vec::new() },
    };
    let confirm = app.links.token(Purpose::ConfirmSubscription, reader.id, reader.confirm_version);
    let preferences = app.links.token(Purpose::Reader, reader.id, reader.secret_version);
    // Until it is confirmed, anybody may have typed the name: a stranger's words are not carried to the address.
    let name = reader.name.as_deref().filter(|_| !job.asks);
    let values = json!({
        "name": name,
        "newsletters": names.join(", "),
        "confirm": app.url(&format!("/subscriptions/confirm/{confirm}")),
        "preferences": app.url(&format!("/subscriptions/{preferences}")),
    });
    let locale: Locale = reader.locale.parse().unwrap_or_else(|_| Locale::german());
    let template = if job.asks { &CONFIRM } else { &ALREADY };
    let written = mail::write(template, &locale, values, &frame).map_err(|error| Failed::never(error.to_string()))?;
    Ok(Letter {
        name,
        email: &reader.email,
        sender_name: sender_name.into(),
        reply_to: None,
        written,
        id: format!("subscription.{}.{}", reader.id.0.simple(), job.asked_at.timestamp()),
        date: job.asked_at,
        nature: Nature::Automatic,
        invitation: None,
    })
}

/// An issue, ready to be written to any reader.
#[derive(Debug)]
pub struct Edition {
    /// The issue.
    pub issue: newsletter_issue::Model,
    newsletter: newsletter::Model,
    organisation: Option<organisation::Model>,
    texts: Vec<newsletter_issue_text::Model>,
    imprint: String,
    /// What it says in each of its languages, with a place for the reader's secret: only that differs between readers.
    written: HashMap<String, Written>,
    /// Stands where the secret of a reader belongs. No text has it: it is new.
    secret: String,
}

impl Edition {
    /// With all that its mails are made of.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn load(app: &App, issue: newsletter_issue::Model) -> Result<Option<Self>, Failed> {
        let texts = parts::texts(&app.db, vec![issue.id]).await?.remove(&issue.id).unwrap_or_default();
        let found = parts::read_ones(&app.db, vec![issue.newsletter_id]).await?.remove(&issue.newsletter_id);
        let Some(newsletter) = found else { return Ok(None) };
        let id = newsletter.organisation_id;
        let mut organisations: HashMap<_, _> = organisations::store::by_ids(&app.db, &Viewer::Visitor, vec![id]).await?;
        let organisation = organisations.remove(&id);
        let imprint = organisation.as_ref().map(|own| imprint(None, own)).unwrap_or_default();
        let secret = app.new_id::<Uuid>().simple().to_string();
        let mut edition = Self { issue, newsletter, organisation, texts, imprint, written: HashMap::new(), secret };
        edition.written = edition.texts.iter().map(|text| (text.locale.clone(), edition.dressed(app, text, &edition.secret))).collect();
        Ok(Some(edition))
    }

    /// What it says in a language, with the links of the reader whose secret this is.
    fn dressed(&self, app: &App, text: &newsletter_issue_text::Model, secret: &str) -> Written {
        let unsubscribe = self.unsubscribe(app, secret);
        let preferences = app.url(&format!("/subscriptions/{secret}"));
        let online = app.url(&format!("/issues/{}", self.issue.slug));
        let frame = Frame {
            sender_name: self.sender_name(),
            public_url: &app.config.public_url,
            usual_language: Language::De,
            footer: Footer {
                reason: Reason::Subscription(&self.newsletter.name),
                imprint: &self.imprint,
                links: vec![FooterLink::Online(&online), FooterLink::Preferences(&preferences), FooterLink::Unsubscribe(&unsubscribe)],
            },
        };
        let locale: Locale = text.locale.parse().unwrap_or_else(|_| Locale::german());
        let said = text.mailed_markdown.as_deref().unwrap_or(&text.body_markdown);
        mail::dress(&text.subject, text.preheader.as_deref(), said, &locale, &frame)
    }

    fn unsubscribe(&self, app: &App, secret: &str) -> String {
        app.url(&format!("/unsubscribe/{secret}/{}", self.newsletter.slug))
    }

    fn sender_name(&self) -> &str {
        self.organisation.as_ref().map_or(self.newsletter.name.as_str(), |own| own.name.as_str())
    }

    fn reply_to(&self) -> Option<&str> {
        self.newsletter.reply_to.as_deref().or(self.organisation.as_ref().and_then(|own| own.email.as_deref()))
    }

    /// The text that a reader of this language gets: theirs, else the original.
    fn text_for(&self, locale: &str) -> Option<&newsletter_issue_text::Model> {
        let locale: Locale = locale.parse().unwrap_or_else(|_| Locale::german());
        Wanted::default().led_by(locale).pick(&self.issue.original_locale, &self.texts, |text| &text.locale)
    }

    /// What a reader of this language gets, with links that lead nowhere.
    #[must_use]
    pub fn preview(&self, locale: &str) -> Option<Written> {
        let mut written = self.written.get(&self.text_for(locale)?.locale)?.clone();
        (written.text, written.html) = (written.text.replace(&self.secret, "…"), dead(&written.html.replace(&self.secret, "…")));
        Some(written)
    }

    /// The mail to one reader, in their language where the issue has it. Nothing differs between readers of one language but the
    /// links at its end.
    ///
    /// # Errors
    /// Where an address is none.
    pub fn message(&self, app: &App, reader: &Taken) -> Result<Message, Failed> {
        let written = self.text_for(&reader.locale).and_then(|text| self.written.get(&text.locale));
        let written = written.ok_or_else(|| Failed::never("an issue has no text"))?;
        let token = app.links.token(Purpose::Reader, reader.subscriber_id, reader.secret_version);
        let letter = Letter {
            name: reader.name.as_deref(),
            email: &reader.email,
            sender_name: self.sender_name().into(),
            reply_to: self.reply_to(),
            written: Written {
                text: written.text.replace(&self.secret, &token),
                html: written.html.replace(&self.secret, &token),
                ..written.clone()
            },
            id: format!("issue.{}.{}", self.issue.id.0.simple(), reader.subscription_id.0.simple()),
            date: self.issue.started_at.unwrap_or(self.issue.created_at),
            nature: Nature::List(ListHeaders {
                unsubscribe_by_mail: addresses::of_leaving(app, reader.subscription_id, reader.secret_version),
                ..self.list_headers(app, self.unsubscribe(app, &token))
            }),
            invitation: None,
        };
        let envelope_sender = addresses::of_delivery(app, self.issue.id, reader.subscription_id);
        Ok(Message { envelope_sender, ..letter.message(app)? })
    }

    /// The mail by which editors try it out: as a reader gets it, but for links that are nobody's.
    ///
    /// # Errors
    /// Where an address is none.
    pub fn rehearsal(&self, app: &App, locale: &str, to: &str, now: DateTime<Utc>) -> Result<Message, Failed> {
        let written = self.preview(locale).ok_or_else(|| Failed::never("an issue has no text"))?;
        let letter = Letter {
            name: None,
            email: to,
            sender_name: self.sender_name().into(),
            reply_to: self.reply_to(),
            written: Written { subject: format!("[Test] {}", written.subject), ..written },
            id: format!("rehearsal.{}", app.new_id::<Uuid>().simple()),
            date: now,
            nature: Nature::Automatic,
            invitation: None,
        };
        letter.message(app)
    }

    fn list_headers(&self, app: &App, unsubscribe: String) -> ListHeaders {
        ListHeaders {
            name: Some(self.newsletter.name.clone()),
            id: format!("{}.{}", self.newsletter.id.0.simple(), app.config.public_host()),
            unsubscribe,
            unsubscribe_by_mail: None,
            archive: Some(app.url(&format!("/newsletters/{}", self.newsletter.slug))),
            help: None,
            feedback_id: None,
        }
    }
}

/// HTML whose links lead nowhere: an address is to be seen, and not to be followed by whoever tries it out.
fn dead(html: &str) -> String {
    html.replace(" href=\"", " data-href=\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::tests::snapshots::hold_messages;

    /// The files beside the words are what these become; `RENEW_SNAPSHOTS=1` writes them anew, to be looked at and committed.
    #[test]
    fn every_message_is_as_it_was() {
        let values = json!({
            "name": null,
            "newsletters": "Beispiel-Newsletter, Termine",
            "confirm": "https://example.org/subscriptions/confirm/abc",
            "preferences": "https://example.org/subscriptions/abc",
        });
        hold_messages("newsletter", &[&CONFIRM, &ALREADY], Reason::Request, &values);
    }
}
