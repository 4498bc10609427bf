//! What a mail says, to whom, and of what nature it is.

use chrono::{DateTime, Utc};

use crate::{Address, Composed, Mailbox, Unsendable, compose};

/// A mail to one person. Equal messages make equal bytes, so that one that is sent twice can be recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Who writes.
    pub from: Mailbox,
    /// Who reads.
    pub to: Mailbox,
    /// Who gets the answer, if not the one who writes.
    pub reply_to: Option<Mailbox>,
    /// Where a mail that cannot be delivered comes back to, if not to the one who writes.
    pub envelope_sender: Option<Address>,
    /// Subject, in any letters and of any length.
    pub subject: String,
    /// All that it says, as plain text.
    pub text: String,
    /// The same as HTML; where it is empty, the mail is plain text alone.
    pub html: String,
    /// Language of subject and text (BCP 47).
    pub language: String,
    /// Its name in the world, `left@host`, without angle brackets. Whoever sends again uses the same.
    pub message_id: String,
    /// When it was written.
    pub date: DateTime<Utc>,
    /// Why the reader gets it.
    pub nature: Nature,
    /// The event that it is about, for the reader's calendar.
    pub invitation: Option<Invitation>,
    /// Pictures that its HTML shows.
    pub pictures: Vec<Picture>,
    /// Files.
    pub attachments: Vec<Attachment>,
}

impl Message {
    /// Makes what is handed to a mail server.
    ///
    /// # Errors
    /// When a field holds what has no place in a header: these are never a person's words, which are all possible.
    pub fn compose(&self) -> Result<Composed, Unsendable> {
        compose::compose(self)
    }
}

/// Why the reader gets a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A program answers what the reader did; nobody's absence should be told to it (RFC 3834).
    Automatic,
    /// One of many who asked for it, and who can leave (RFC 2369, 2919, 8058).
    List(ListHeaders),
}

/// How a mail that goes to many says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListHeaders {
    /// What the list is called.
    pub name: Option<String>,
    /// The same for ever, of the form of a host's name, such as `programme.news.example.org`.
    pub id: String,
    /// Where one click leaves the list; it is promised to mail programs only if it begins with `https:`.
    pub unsubscribe: String,
    /// Where a mail leaves the list.
    pub unsubscribe_by_mail: Option<Address>,
    /// Where what was sent can be read.
    pub archive: Option<String>,
    /// Where it is told what this list is.
    pub help: Option<String>,
    /// By what the receiving provider should count complaints.
    pub feedback_id: Option<String>,
}

/// A calendar's entry that comes or goes with the mail (RFC 6047).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// What is to be done with it: `REQUEST`, `CANCEL`; the same as `METHOD` in the calendar.
    pub method: String,
    /// The calendar as text.
    pub calendar: String,
    /// Name of the file, such as `event.ics`.
    pub filename: String,
}

/// A picture within the HTML, which travels with the mail (RFC 2387, 2392).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its name in the mail, `left@host`: the HTML shows it as `cid:` and this.
    pub id: String,
    /// Name of the file, where somebody keeps it.
    pub filename: String,
    /// Its type, such as `image/png`.
    pub media_type: String,
    /// What is in it.
    pub content: Vec<u8>,
}

/// A file that goes with the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, without folders.
    pub filename: String,
    /// Its type, such as `application/pdf`.
    pub media_type: String,
    /// What is in it.
    pub content: Vec<u8>,
}
