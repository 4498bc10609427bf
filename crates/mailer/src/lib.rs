//! The crate's contents, by name; what it does is told below.
#![doc = include_str!("../README.md")]

mod address;
mod compose;
pub mod dkim;
mod failure;
mod files;
mod inbox;
mod incoming;
mod letter;
mod mailer;
mod message;
mod network;
pub mod outbox;
#[cfg(any(test, feature = "sink"))]
pub mod sink;
mod smtp;

pub use address::{Address, Mailbox, NotAnAddress};
pub use compose::{Composed, Envelope, Unsendable};
pub use failure::{Answer, Blame, Cause, Enhanced, Failure, Refusal, Stage};
pub use inbox::{Inbox, NotAnInbox, Reading, Unread, Waiting};
pub use incoming::{Complaint, Incoming, Original, Returned, Why};
pub use letter::{Letter, Part};
pub use mailer::{Accepted, Mailer, Session};
pub use message::{Attachment, Invitation, ListHeaders, Message, Nature, Picture};
pub use smtp::{Encryption, NotAServer, Server};
