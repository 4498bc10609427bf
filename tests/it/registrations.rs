//! Registering: who gets a seat, what is refused, what a secret opens, and who moves up.

mod access;
mod answering;
mod cancelling;
mod changing;
mod checking_in;
mod deciding;
mod flooding;
mod forgetting;
mod listing;
mod mails;
mod placing;
mod racing;
mod reminding;
mod repeating;
mod writing;
