//! Newsletters: what an organisation sends to those who asked for it, and to nobody else.
//!
//! Somebody *requests* newsletters for an address; a mail asks that address to *confirm*; from then on it is a *reader*. Each step
//! is kept in a ledger of consents with the exact words that were agreed to. Every issue carries a secret link by which its reader
//! changes what they get, or leaves with one click. When an issue is sent, a ledger of deliveries is made in one statement, a line
//! for each reader; lanes in any number of processes take lines from it, send, and write down what became of each. How far an
//! issue is, is counted from that ledger, and kept nowhere else.

pub mod addresses;
pub mod graphql;
pub mod jobs;
pub mod mail;
pub mod ops;
pub mod rules;
pub mod store;
pub mod wording;
pub mod work;
