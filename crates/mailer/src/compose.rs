//! From a message to the bytes that a mail server takes.

mod headers;
mod parts;
#[cfg(test)]
pub(crate) mod tests;
mod words;

use thiserror::Error;

use crate::{Address, Letter, Message};

/// A mail as it travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// From whom, to whom.
    pub envelope: Envelope,
    /// Headers and body, in ASCII, with lines of at most 998 octets that end with CRLF.
    pub bytes: Vec<u8>,
}

impl Composed {
    /// What a reader sees.
    #[must_use]
    pub fn letter(&self) -> Letter {
        Letter::read(&self.bytes)
    }
}

/// What stands on the outside: servers look at nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Where the mail comes back to when it cannot be delivered.
    pub from: Address,
    /// Who gets it.
    pub to: Address,
}

/// Why a message cannot become a mail: always a mistake of the program, never of a person's words.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unsendable {
    /// The message id is not of the form `left@host`.
    #[error("the message id is not of the form left@host")]
    MessageId,
    /// The language is not a tag of BCP 47.
    #[error("the language is not a tag of BCP 47")]
    Language,
    /// A picture's name is not of the form `left@host`.
    #[error("the name of a picture is not of the form left@host")]
    PictureId,
    /// A list's id is not of the form of a host's name.
    #[error("the list's id is not of the form of a host's name")]
    ListId,
    /// An address of a page is not one of http or https in ASCII.
    #[error("{header} holds no address of a page")]
    Link {
        /// In which header it should stand.
        header: &'static str,
    },
    /// A calendar's method is not a word.
    #[error("the calendar's method is not a word")]
    Method,
    /// The type of a file is none.
    #[error("the type of an attachment is not of the form type/subtype")]
    MediaType,
    /// A value would end its header.
    #[error("{header} holds what would end it")]
    Header {
        /// Which header.
        header: &'static str,
    },
}

/// Makes the bytes.
pub(crate) fn compose(message: &Message) -> Result<Composed, Unsendable> {
    let mut bytes = headers::headers(message)?.into_bytes();
    bytes.extend_from_slice(&parts::body(message)?);
    let from = message.envelope_sender.as_ref().unwrap_or(&message.from.address).clone();
    Ok(Composed { envelope: Envelope { from, to: message.to.address.clone() }, bytes })
}
