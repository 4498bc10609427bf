//! Mails to those who edit for an organisation, and what stands below every mail.

use chrono::{DateTime, Utc};
use entity::id::OrganisationId;
use entity::organisation;
use jobs::Failed;
use mailer::Nature;
use sea_orm::DbErr;
use serde_json::Value;

use super::store;
use crate::app::App;
use crate::kernel::Locale;
use crate::mail::letter::{Letter, post};
use crate::mail::{self, Footer, Frame, Language, Reason, Template};

/// Who answers for a mail, a line each: the legal name if it has one, else the organisation's, address where that is public, and mailbox.
#[must_use]
pub fn imprint(legal_name: Option<&str>, own: &organisation::Model) -> String {
    let name = legal_name.unwrap_or(&own.name);
    let city = [own.postal_code.as_deref(), own.city.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let address = [own.street.as_deref(), Some(city.as_str())].into_iter().flatten().filter(|part| !part.is_empty());
    let address = address.collect::<Vec<_>>().join(", ");
    let lines = [Some(name), Some(address.as_str()).filter(|_| own.address_is_public), own.email.as_deref()];
    lines.into_iter().flatten().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Who speaks in our own mails: the network.
#[derive(Debug)]
pub struct Sender {
    /// Its name.
    pub name: String,
    /// Its mailbox.
    pub email: Option<String>,
    imprint: String,
    usual: Language,
}

impl Sender {
    /// The network; nobody but our host before it was set up.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn the_network(app: &App) -> Result<Self, DbErr> {
        let found = store::network::the_network(&app.db).await?;
        let usual = found.as_ref().and_then(|(network, _)| network.default_locale.parse::<Locale>().ok());
        Ok(Self {
            name: found.as_ref().map_or_else(|| app.config.public_host(), |(_, own)| own.name.clone()),
            email: found.as_ref().and_then(|(_, own)| own.email.clone()),
            imprint: found.as_ref().map(|(network, own)| imprint(Some(&network.legal_name), own)).unwrap_or_default(),
            usual: usual.and_then(|locale| Language::of(&locale)).unwrap_or(Language::De),
        })
    }

    /// The frame of its mails.
    #[must_use]
    pub fn frame<'a>(&'a self, app: &'a App, reason: Reason<'a>) -> Frame<'a> {
        Frame {
            sender_name: &self.name,
            public_url: &app.config.public_url,
            usual_language: self.usual,
            footer: Footer { reason, imprint: &self.imprint, links: Vec::new() },
        }
    }
}

/// Writes to each who edits for an organisation, in their language, in the name of the network; `name` among the values is
/// each one's own. `id` names what it tells for ever.
///
/// # Errors
/// Where the database or the mail server fails; who was written to already gets the same mail again, which counts once.
pub async fn to_editors(
    app: &App,
    organisation: OrganisationId,
    template: &Template,
    values: &Value,
    (id, at): (&str, DateTime<Utc>),
) -> Result<(), Failed> {
    let sender = Sender::the_network(app).await?;
    for (person, organisation_name) in store::editors(&app.db, organisation).await? {
        let frame = sender.frame(app, Reason::Role(&organisation_name));
        let locale = person.locale.parse().unwrap_or_else(|_| Locale::german());
        let mut values = values.clone();
        values["name"] = person.name.clone().into();
        let written = mail::write(template, &locale, values, &frame).map_err(|error| Failed::never(error.to_string()))?;
        let letter = Letter {
            name: person.name.as_deref(),
            email: &person.email,
            sender_name: sender.name.as_str().into(),
            reply_to: sender.email.as_deref(),
            written,
            id: format!("{id}.{}", person.id.0.simple()),
            date: at,
            nature: Nature::Automatic,
            invitation: None,
        };
        post(app, letter).await?;
    }
    Ok(())
}
