//! The smaller parts of an event: its texts, hosts, agenda, contact, accessibility, outcome.

use async_graphql::SimpleObject;
use entity::{event, event_text};

use super::words::HostRole;
use crate::gql::scalars::{DateTime, EmailAddress, Html, Locale, Markdown};
use crate::organisations::graphql::Organisation;
use crate::venues::graphql::AccessibilityFact;

/// An event in one language.
#[derive(Clone, Debug, SimpleObject)]
pub struct EventText {
    /// The language.
    locale: Locale,
    /// Title.
    title: String,
    /// A sentence or two.
    summary: String,
    /// What happens.
    description: Html,
    /// What happens, as it was written.
    description_markdown: Markdown,
}

impl From<event_text::Model> for EventText {
    fn from(row: event_text::Model) -> Self {
        Self {
            locale: row.locale.into(),
            title: row.title,
            summary: row.summary,
            description: Html(row.description_html),
            description_markdown: Markdown(row.description_markdown),
        }
    }
}

/// Who holds an event, or helps.
#[derive(Clone, Debug, SimpleObject)]
pub struct EventHost {
    /// The organisation.
    pub organisation: Organisation,
    /// What it is to the event.
    pub role: HostRole,
}

/// A point of the agenda.
#[derive(Clone, Debug, SimpleObject)]
pub struct AgendaItem {
    /// When.
    pub at: DateTime,
    /// What.
    pub title: String,
    /// By whom.
    pub speaker: Option<String>,
}

/// Whom to ask.
#[derive(Clone, Debug, SimpleObject)]
pub struct Contact {
    /// Name.
    name: Option<String>,
    /// Mailbox.
    email: Option<EmailAddress>,
    /// Telephone.
    phone: Option<String>,
}

impl Contact {
    /// The contact of an event, where one was given.
    #[must_use]
    pub fn of(row: &event::Model) -> Option<Self> {
        let contact = Self {
            name: row.contact_name.clone(),
            email: row.contact_email.clone().map(EmailAddress::from),
            phone: row.contact_phone.clone(),
        };
        (contact.name.is_some() || contact.email.is_some() || contact.phone.is_some()).then_some(contact)
    }
}

/// Who can take part in an event.
#[derive(Clone, Debug, SimpleObject)]
pub struct EventAccessibility {
    /// Languages that it is held in.
    pub languages: Vec<Locale>,
    /// Languages into which it is interpreted.
    pub interpretation: Vec<Locale>,
    /// What is known; a feature that is not listed has not been stated. The venue's facts are included, where the event does not
    /// say otherwise.
    pub features: Vec<AccessibilityFact>,
    /// Whether there is childcare; null where not stated.
    pub childcare: Option<bool>,
    /// For whom it is meant.
    pub audience: Option<String>,
    /// What one must bring or fulfil.
    pub entry_conditions: Option<String>,
}

/// What came of an event.
#[derive(Clone, Debug, SimpleObject)]
pub struct EventOutcome {
    /// Guests who came.
    guests: Option<i32>,
    /// Guests from afar.
    online_guests: Option<i32>,
    /// What was donated, in the currency's smallest unit.
    donations: Option<i64>,
    /// Currency of the donations, ISO 4217.
    currency: String,
    /// Said beside it.
    note: Option<String>,
}

impl EventOutcome {
    /// The outcome of an event, where one was recorded.
    #[must_use]
    pub fn of(row: &event::Model) -> Option<Self> {
        let outcome = Self {
            guests: row.outcome_guests,
            online_guests: row.outcome_online_guests,
            donations: row.outcome_donations,
            currency: row.outcome_currency.clone(),
            note: row.outcome_note.clone(),
        };
        let is_recorded =
            outcome.guests.is_some() || outcome.online_guests.is_some() || outcome.donations.is_some() || outcome.note.is_some();
        is_recorded.then_some(outcome)
    }
}

/// What the viewer may do with an event.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct EventPermissions {
    /// Change it.
    pub update: bool,
    /// Publish it, or hand it to review.
    pub publish: bool,
    /// Cancel or postpone it.
    pub cancel: bool,
    /// Delete it.
    pub delete: bool,
    /// See who registered.
    pub see_registrations: bool,
    /// Check people in.
    pub check_in: bool,
}
