//! The frame of every mail, and how a mail is written: a mail is a Markdown document, and the frame makes text and HTML of it.
//!
//! A feature keeps `mail/<message>/de.md` and `en.md` beside its `mail.rs`. Such a file begins like a mail does:
//!
//! ```text
//! Subject: Angemeldet: {{ event }}
//! Preheader: {{ when }}
//!
//! {{ greeting(name) }},
//!
//! Ihr Platz bei **{{ event }}** ist sicher.
//!
//! | | |
//! |-|-|
//! | Wann | {{ when }} |
//! | Wo | {{ place }} |
//!
//! **[Anmeldung ansehen oder absagen]({{ url|address }})**
//! ```
//!
//! * `{{ value }}` is one line that can add no mark, no link and no address that a mail program would make a link of. A longer
//!   text is `{{ note|paragraphs }}` or `{{ note|quoted }}`, an address behind words is `{{ url|address }}`, Markdown of an editor is
//!   `{{ text|safe }}`. What is not there is an error. No value stands between backticks.
//! * `[what it shows]({{ id|picture }})`, a paragraph by itself, is a **picture** that travels with the mail: its `mailer::Picture` of
//!   that id is put into [`Written`]. The text part leaves it out: what it says stands beside it in words.
//! * A paragraph that is one bold link alone is a **button**; a table of two columns with an empty head is a list of **facts**.
//! * `# …` is the title, at most one, at the beginning.
//!
//! [`write()`] makes one of our own messages, [`dress`] the issue of a newsletter. Both give the same two parts: `html` and `text` of
//! one `document`, which is `read` from Markdown.

pub mod dates;
mod document;
mod escape;
mod frame;
mod html;
mod inline;
pub mod letter;
mod page;
mod read;
pub mod signing;
mod template;
#[cfg(test)]
pub(crate) mod tests;
mod text;
mod words;
mod wrap;

use mailer::Picture;
use serde::Serialize;

use crate::kernel::{Locale, Markdown};

pub use self::frame::{Footer, FooterLink, Frame};
pub use self::html::escaped;
pub use self::template::{Template, Unwritable, template};
pub use self::words::{Language, Reason};

use self::document::Document;
use self::page::Page;

/// A mail in words, ready to be put into an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The subject: one line.
    pub subject: String,
    /// The part for programs that show text.
    pub text: String,
    /// The part for programs that show HTML.
    pub html: String,
    /// The language that it is written in.
    pub locale: Locale,
    /// Pictures that the HTML shows; to be put in by who knows them.
    pub pictures: Vec<Picture>,
}

/// Writes a message of our own, in German or English, whichever `locale` is nearer to.
///
/// # Errors
/// Where the template is wrong, or wants a value that is not there.
pub fn write(template: &Template, locale: &Locale, values: impl Serialize, frame: &Frame<'_>) -> Result<Written, Unwritable> {
    let language = frame.language(locale);
    let filled = template.fill(language, values)?;
    let document = Document::of_message(&Markdown::new(&filled.body), frame.public_url);
    let page = Page {
        subject: &filled.subject,
        preheader: filled.preheader.as_deref(),
        document: &document,
        locale: &language.locale(),
        language,
        is_message: true,
        frame,
    };
    Ok(page.write())
}

/// Words in Markdown that a template makes, for editors to go on with, or to be put into a longer text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The subject: one line.
    pub subject: String,
    /// The body.
    pub body: String,
}

/// Makes a draft of a template.
///
/// # Errors
/// Where the template is wrong, or wants a value that is not there.
pub fn draft(template: &Template, language: Language, values: impl Serialize) -> Result<Draft, Unwritable> {
    let filled = template.fill(language, values)?;
    Ok(Draft { subject: filled.subject, body: filled.body })
}

/// Dresses what editors wrote, e.g. the issue of a newsletter: the subject is its title, the frame's own words are in German or
/// English. No raw HTML and no image comes through, and only links that a person can follow.
#[must_use]
pub fn dress(subject: &str, preheader: Option<&str>, body_markdown: &str, locale: &Locale, frame: &Frame<'_>) -> Written {
    let subject = escape::subject(subject);
    let mut document = Document::read(&Markdown::new(body_markdown), frame.public_url);
    document.entitle(&subject);
    let page =
        Page { subject: &subject, preheader, document: &document, locale, language: frame.language(locale), is_message: false, frame };
    page.write()
}
