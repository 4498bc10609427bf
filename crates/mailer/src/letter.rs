//! A mail as a reader sees it, for tests and for whoever looks into the outbox.

use chrono::{DateTime, Utc};
use mail_parser::{Addr, MessageParser, MessagePart, MimeHeaders, PartType};

/// What is in a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// Who wrote: name and address.
    pub from: String,
    /// Who reads: name and address.
    pub to: String,
    /// Who gets the answer.
    pub reply_to: Option<String>,
    /// Subject.
    pub subject: String,
    /// When it was written.
    pub date: Option<DateTime<Utc>>,
    /// Plain text.
    pub text: Option<String>,
    /// HTML.
    pub html: Option<String>,
    /// All other parts: files, and calendars, in their order.
    pub parts: Vec<Part>,
}

/// A part that is neither text nor HTML to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Name of the file, where it has one.
    pub filename: Option<String>,
    /// Type, such as `application/ics`.
    pub media_type: String,
    /// What is in it.
    pub content: Vec<u8>,
}

impl Letter {
    /// Reads a mail, as far as it is one.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let Some(message) = MessageParser::default().parse(bytes) else { return Self::default() };
        let people =
            |address: Option<&mail_parser::Address<'_>>| address.map(|address| address.iter().map(person).collect::<Vec<_>>().join(", "));
        let text = message.text_bodies().find_map(|part| match &part.body {
            PartType::Text(text) => Some(text.to_string()),
            _ => None,
        });
        let html = message.html_bodies().find_map(|part| match &part.body {
            PartType::Html(html) => Some(html.to_string()),
            _ => None,
        });
        Self {
            from: people(message.from()).unwrap_or_default(),
            to: people(message.to()).unwrap_or_default(),
            reply_to: people(message.reply_to()),
            subject: message.subject().unwrap_or_default().to_owned(),
            date: message.date().and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0)),
            text,
            html,
            parts: message.attachments().map(part).collect(),
        }
    }
}

fn person(person: &Addr<'_>) -> String {
    let address = person.address().unwrap_or_default();
    person.name().map_or_else(|| address.to_owned(), |name| format!("{name} <{address}>"))
}

fn part(part: &MessagePart<'_>) -> Part {
    let media_type = part
        .content_type()
        .map_or_else(|| "application/octet-stream".into(), |of| format!("{}/{}", of.ctype(), of.subtype().unwrap_or("octet-stream")));
    Part { filename: part.attachment_name().map(str::to_owned), media_type, content: part.contents().to_vec() }
}
